/** The guests of pools on their host: creates, resets and removes them. */
@NullMarked
package dev.paddock.pool.slot;

import org.jspecify.annotations.NullMarked;
