/** Guests that really boot, for tests. */
@NullMarked
package dev.paddock.testkit.guest;

import org.jspecify.annotations.NullMarked;
