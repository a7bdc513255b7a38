/** Tests of storage pools and volumes. */
@NullMarked
package dev.paddock.storage;

import org.jspecify.annotations.NullMarked;
