/** Plans and diagnostics as JSON. */
@NullMarked
package dev.paddock.core.report;

import org.jspecify.annotations.NullMarked;
