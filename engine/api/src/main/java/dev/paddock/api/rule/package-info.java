/** How the documents of a kind are compared: one rule per path. */
@NullMarked
package dev.paddock.api.rule;

import org.jspecify.annotations.NullMarked;
