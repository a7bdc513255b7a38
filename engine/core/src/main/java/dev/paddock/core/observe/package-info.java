/** Reads what a plan needs to know of a host. */
@NullMarked
package dev.paddock.core.observe;

import org.jspecify.annotations.NullMarked;
