/** Takes the time of paddock, beside that of the least that would do. */
@NullMarked
package dev.paddock.bench;

import org.jspecify.annotations.NullMarked;
