/** What the user is told: places in files, codes, causes and ways out. */
@NullMarked
package dev.paddock.api.diagnostic;

import org.jspecify.annotations.NullMarked;
