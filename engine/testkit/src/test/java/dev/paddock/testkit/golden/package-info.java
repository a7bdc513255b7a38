/** Output that is compared with files. */
@NullMarked
package dev.paddock.testkit.golden;

import org.jspecify.annotations.NullMarked;
