/** The guests of pools on their host. */
@NullMarked
package dev.paddock.pool.slot;

import org.jspecify.annotations.NullMarked;
