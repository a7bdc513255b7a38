/** Verifies applied plans by planning again. */
@NullMarked
package dev.paddock.core.verify;

import org.jspecify.annotations.NullMarked;
