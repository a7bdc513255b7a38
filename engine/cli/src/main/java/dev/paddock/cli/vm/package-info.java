/** {@code paddock vm}: guests, one at a time. */
@NullMarked
package dev.paddock.cli.vm;

import org.jspecify.annotations.NullMarked;
