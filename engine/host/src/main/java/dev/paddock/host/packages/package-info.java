/** Debian packages: which are missing for a purpose, and their installation. */
@NullMarked
package dev.paddock.host.packages;

import org.jspecify.annotations.NullMarked;
