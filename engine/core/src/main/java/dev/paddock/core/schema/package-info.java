/** Checks values against the schemas of kinds. */
@NullMarked
package dev.paddock.core.schema;

import org.jspecify.annotations.NullMarked;
