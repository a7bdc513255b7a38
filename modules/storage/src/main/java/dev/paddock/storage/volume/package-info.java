/** Volumes of storage pools. */
@NullMarked
package dev.paddock.storage.volume;

import org.jspecify.annotations.NullMarked;
