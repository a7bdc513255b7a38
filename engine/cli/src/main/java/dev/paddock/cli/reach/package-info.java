/** {@code paddock reach}: what guests can reach, told, explained and proved. */
@NullMarked
package dev.paddock.cli.reach;

import org.jspecify.annotations.NullMarked;
