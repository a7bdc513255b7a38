/** YAML files read into nodes that know their places. */
@NullMarked
package dev.paddock.core.load;

import org.jspecify.annotations.NullMarked;
