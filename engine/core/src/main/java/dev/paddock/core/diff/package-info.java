/** Compares documents by rules, and lays one over another. */
@NullMarked
package dev.paddock.core.diff;

import org.jspecify.annotations.NullMarked;
