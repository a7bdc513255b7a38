/** Guests from the inside: the agent that runs in them, and its protocol. */
@NullMarked
package dev.paddock.host.guest;

import org.jspecify.annotations.NullMarked;
