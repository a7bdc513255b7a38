/** Diagnostics: codes, positions in files, causes and fixes. */
@NullMarked
package dev.paddock.api.diagnostic;

import org.jspecify.annotations.NullMarked;
