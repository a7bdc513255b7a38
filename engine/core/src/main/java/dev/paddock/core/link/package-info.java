/** Joins resources by their references into a graph. */
@NullMarked
package dev.paddock.core.link;

import org.jspecify.annotations.NullMarked;
