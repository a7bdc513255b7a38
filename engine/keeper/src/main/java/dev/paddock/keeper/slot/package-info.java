/** The guests of pools on their host. */
@NullMarked
package dev.paddock.keeper.slot;

import org.jspecify.annotations.NullMarked;
