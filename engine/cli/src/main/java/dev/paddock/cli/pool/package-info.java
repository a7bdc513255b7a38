/** Pools: the keeper, and what is asked of it. */
@NullMarked
package dev.paddock.cli.pool;

import org.jspecify.annotations.NullMarked;
