/**
 * The machine's prerequisites for Paddock: facts are read first and judged afterwards, so that every judgement is a
 * function of values.
 */
@NullMarked
package dev.paddock.host.machine;

import org.jspecify.annotations.NullMarked;
