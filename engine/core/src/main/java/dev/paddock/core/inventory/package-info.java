/** The hosts, their groups, and the sources of variables. */
@NullMarked
package dev.paddock.core.inventory;

import org.jspecify.annotations.NullMarked;
