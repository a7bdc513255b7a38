/** The steps that change a network, and their costs. */
@NullMarked
package dev.paddock.network.change;

import org.jspecify.annotations.NullMarked;
