/** The store of slots and leases, which survives every crash of the server. */
@NullMarked
package dev.paddock.pool.lease;

import org.jspecify.annotations.NullMarked;
