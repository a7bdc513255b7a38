/** Resolves variables and expressions, checks against schemas, and renders documents. */
@NullMarked
package dev.paddock.core.bind;

import org.jspecify.annotations.NullMarked;
