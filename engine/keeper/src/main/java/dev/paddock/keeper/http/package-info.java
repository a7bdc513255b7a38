/** The keeper's door: HTTP and JSON, on a Unix socket. */
@NullMarked
package dev.paddock.keeper.http;

import org.jspecify.annotations.NullMarked;
