/** Hosts with libvirt: its documents as values, its calls, its errors. */
@NullMarked
package dev.paddock.host.libvirt;

import org.jspecify.annotations.NullMarked;
