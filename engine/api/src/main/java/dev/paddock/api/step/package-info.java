/** Operations on a host, as values. */
@NullMarked
package dev.paddock.api.step;

import org.jspecify.annotations.NullMarked;
