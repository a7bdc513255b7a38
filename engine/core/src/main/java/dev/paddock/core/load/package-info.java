/** Reads YAML files into nodes with source locations. */
@NullMarked
package dev.paddock.core.load;

import org.jspecify.annotations.NullMarked;
