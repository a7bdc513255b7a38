/** The form in which networks are compared. */
@NullMarked
package dev.paddock.network.compare;

import org.jspecify.annotations.NullMarked;
