/** The keeper's door: HTTP and JSON, on a Unix socket. */
@NullMarked
package dev.paddock.pool.http;

import org.jspecify.annotations.NullMarked;
