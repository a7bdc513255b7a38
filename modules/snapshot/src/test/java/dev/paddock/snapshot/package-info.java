@NullMarked
package dev.paddock.snapshot;

import org.jspecify.annotations.NullMarked;
