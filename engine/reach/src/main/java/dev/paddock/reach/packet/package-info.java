/** Traffic at an interface: frames, their payload, and their state in connection tracking. */
@NullMarked
package dev.paddock.reach.packet;

import org.jspecify.annotations.NullMarked;
