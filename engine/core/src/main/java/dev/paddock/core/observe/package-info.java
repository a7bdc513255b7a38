/** Reads the objects of a host that a plan needs. */
@NullMarked
package dev.paddock.core.observe;

import org.jspecify.annotations.NullMarked;
