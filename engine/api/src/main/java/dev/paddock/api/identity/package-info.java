/** What things are known by that get no name from anybody. */
@NullMarked
package dev.paddock.api.identity;

import org.jspecify.annotations.NullMarked;
