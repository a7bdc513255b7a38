/** Compares documents by rules, and merges a declared document into an observed one. */
@NullMarked
package dev.paddock.core.diff;

import org.jspecify.annotations.NullMarked;
