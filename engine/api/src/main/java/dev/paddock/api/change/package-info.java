/** Differences between what is declared and what the host has. */
@NullMarked
package dev.paddock.api.change;

import org.jspecify.annotations.NullMarked;
