/** {@code paddock vm}: commands for single VMs. */
@NullMarked
package dev.paddock.cli.vm;

import org.jspecify.annotations.NullMarked;
