/** Tests of binding. */
@NullMarked
package dev.paddock.core.bind;

import org.jspecify.annotations.NullMarked;
