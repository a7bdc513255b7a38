/** Decides what has to be done; writes nothing. */
@NullMarked
package dev.paddock.core.plan;

import org.jspecify.annotations.NullMarked;
