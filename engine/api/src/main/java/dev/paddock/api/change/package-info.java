/** Differences between the declaration and the host. */
@NullMarked
package dev.paddock.api.change;

import org.jspecify.annotations.NullMarked;
