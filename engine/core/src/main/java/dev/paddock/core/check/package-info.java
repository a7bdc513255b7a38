/** Errors in playbooks that concern no kind in particular. */
@NullMarked
package dev.paddock.core.check;

import org.jspecify.annotations.NullMarked;
