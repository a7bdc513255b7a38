/** The steps that change a network, and what they interrupt. */
@NullMarked
package dev.paddock.network.change;

import org.jspecify.annotations.NullMarked;
