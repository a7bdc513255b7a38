/** How a kind's documents compare: one rule a path. */
@NullMarked
package dev.paddock.api.rule;

import org.jspecify.annotations.NullMarked;
