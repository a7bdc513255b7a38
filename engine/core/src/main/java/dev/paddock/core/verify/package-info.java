/** Reads back and looks whether anything is left to do. */
@NullMarked
package dev.paddock.core.verify;

import org.jspecify.annotations.NullMarked;
