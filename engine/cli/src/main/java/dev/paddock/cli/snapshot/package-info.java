/** The command for snapshots of VMs. */
@NullMarked
package dev.paddock.cli.snapshot;

import org.jspecify.annotations.NullMarked;
