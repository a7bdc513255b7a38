/** Connections to a libvirt, their limits, and the reading of many objects at once. */
@NullMarked
package dev.paddock.host.libvirt.connection;

import org.jspecify.annotations.NullMarked;
