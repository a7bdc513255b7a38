/** Pools, from their words to what a host has of them. */
@NullMarked
package dev.paddock.testkit.pool;

import org.jspecify.annotations.NullMarked;
