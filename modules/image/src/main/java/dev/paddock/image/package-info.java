/** The kind {@code image}. */
@NullMarked
package dev.paddock.image;

import org.jspecify.annotations.NullMarked;
