/** Connections to a libvirt, their limits, and concurrent reading of many objects. */
@NullMarked
package dev.paddock.host.libvirt.connection;

import org.jspecify.annotations.NullMarked;
