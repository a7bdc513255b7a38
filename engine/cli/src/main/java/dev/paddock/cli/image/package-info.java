/** The command {@code paddock image}. */
@NullMarked
package dev.paddock.cli.image;

import org.jspecify.annotations.NullMarked;
