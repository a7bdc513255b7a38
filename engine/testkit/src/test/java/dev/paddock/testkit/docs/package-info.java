/** The documentation, held to what the program does. */
@NullMarked
package dev.paddock.testkit.docs;

import org.jspecify.annotations.NullMarked;
