/** The commands of the pool server, and of its clients. */
@NullMarked
package dev.paddock.cli.pool;

import org.jspecify.annotations.NullMarked;
