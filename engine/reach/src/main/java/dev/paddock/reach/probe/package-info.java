/** Sends packets through the real filters of a lab, and compares with the evaluator. */
@NullMarked
package dev.paddock.reach.probe;

import org.jspecify.annotations.NullMarked;
