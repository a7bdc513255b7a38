/** Snapshots: take, revert to and restore them. */
@NullMarked
package dev.paddock.host.libvirt.snapshot;

import org.jspecify.annotations.NullMarked;
