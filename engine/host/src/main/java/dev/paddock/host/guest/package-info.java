/** Guests from the inside: the agent that runs in them, and how it is talked to. */
@NullMarked
package dev.paddock.host.guest;

import org.jspecify.annotations.NullMarked;
