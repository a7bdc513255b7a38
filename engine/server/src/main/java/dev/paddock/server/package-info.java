/** The pool server: one process with its store, its API and its monitors. */
@NullMarked
package dev.paddock.server;

import org.jspecify.annotations.NullMarked;
