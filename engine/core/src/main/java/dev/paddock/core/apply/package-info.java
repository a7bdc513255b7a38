/** Does what a plan says, in the order of the graph. */
@NullMarked
package dev.paddock.core.apply;

import org.jspecify.annotations.NullMarked;
