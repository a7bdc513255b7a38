/**
 * What a machine has of what paddock needs: facts are read first, and judged after, so that every judgement is a function
 * of values.
 */
@NullMarked
package dev.paddock.host.machine;

import org.jspecify.annotations.NullMarked;
