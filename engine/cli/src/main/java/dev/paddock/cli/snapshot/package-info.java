/** The command on snapshots of guests. */
@NullMarked
package dev.paddock.cli.snapshot;

import org.jspecify.annotations.NullMarked;
