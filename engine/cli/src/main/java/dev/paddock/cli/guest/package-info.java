/** The commands that work inside of guests. */
@NullMarked
package dev.paddock.cli.guest;

import org.jspecify.annotations.NullMarked;
