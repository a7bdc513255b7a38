/** Plans that are kept in a file and applied later. */
@NullMarked
package dev.paddock.core.planfile;

import org.jspecify.annotations.NullMarked;
