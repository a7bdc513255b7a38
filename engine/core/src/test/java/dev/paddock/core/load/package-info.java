/** Tests of reading files. */
@NullMarked
package dev.paddock.core.load;

import org.jspecify.annotations.NullMarked;
