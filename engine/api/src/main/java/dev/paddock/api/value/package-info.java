/** Bound YAML: text with a place, after variables and expressions. */
@NullMarked
package dev.paddock.api.value;

import org.jspecify.annotations.NullMarked;
