/** Bound YAML: text with positions, after variables and expressions. */
@NullMarked
package dev.paddock.api.value;

import org.jspecify.annotations.NullMarked;
