/** Applies plans, in the order of the dependency graph. */
@NullMarked
package dev.paddock.core.apply;

import org.jspecify.annotations.NullMarked;
