/** Planning and applying without a command line. */
@NullMarked
package dev.paddock.testkit.session;

import org.jspecify.annotations.NullMarked;
