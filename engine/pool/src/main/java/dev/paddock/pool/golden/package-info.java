/** The golden state of a pool: whether its guests are made from one, or boot, and why. */
@NullMarked
package dev.paddock.pool.golden;

import org.jspecify.annotations.NullMarked;
