/** The API of the pool server: HTTP and JSON on a Unix socket. */
@NullMarked
package dev.paddock.pool.http;

import org.jspecify.annotations.NullMarked;
