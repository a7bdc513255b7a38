/** Plans that are saved to a file and applied later. */
@NullMarked
package dev.paddock.core.planfile;

import org.jspecify.annotations.NullMarked;
