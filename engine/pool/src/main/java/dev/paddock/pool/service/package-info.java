/** Leases and the pools they come from: acquires, releases, and reconciles. */
@NullMarked
package dev.paddock.pool.service;

import org.jspecify.annotations.NullMarked;
