/** Builds the dependency graph of resources. */
@NullMarked
package dev.paddock.core.link;

import org.jspecify.annotations.NullMarked;
