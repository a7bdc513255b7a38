/** The commands that work inside guests. */
@NullMarked
package dev.paddock.cli.guest;

import org.jspecify.annotations.NullMarked;
