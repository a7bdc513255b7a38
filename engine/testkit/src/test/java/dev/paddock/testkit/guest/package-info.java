/** What runs in guests, and what comes out of them. */
@NullMarked
package dev.paddock.testkit.guest;

import org.jspecify.annotations.NullMarked;
