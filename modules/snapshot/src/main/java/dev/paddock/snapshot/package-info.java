/** The kind of snapshots of guests. */
@NullMarked
package dev.paddock.snapshot;

import org.jspecify.annotations.NullMarked;
