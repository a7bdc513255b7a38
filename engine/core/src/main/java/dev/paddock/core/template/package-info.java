/** Renders the XML of resources from the templates of their kinds. */
@NullMarked
package dev.paddock.core.template;

import org.jspecify.annotations.NullMarked;
