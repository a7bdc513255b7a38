/** The client of the pool server: its socket, its requests, and the names of leases. */
@NullMarked
package dev.paddock.cli.poolclient;

import org.jspecify.annotations.NullMarked;
