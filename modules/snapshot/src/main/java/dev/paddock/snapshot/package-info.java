/** The kind of snapshots of VMs. */
@NullMarked
package dev.paddock.snapshot;

import org.jspecify.annotations.NullMarked;
