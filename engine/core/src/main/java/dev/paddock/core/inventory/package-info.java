/** Hosts, groups and the layers of their variables. */
@NullMarked
package dev.paddock.core.inventory;

import org.jspecify.annotations.NullMarked;
