/** Keeps pools of guests filled, lends the guests, and takes them back. */
@NullMarked
package dev.paddock.keeper;

import org.jspecify.annotations.NullMarked;
