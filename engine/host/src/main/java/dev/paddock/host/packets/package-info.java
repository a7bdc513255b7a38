/** Real packets in a lab: sent as they are, and captured where they might arrive. */
@NullMarked
package dev.paddock.host.packets;

import org.jspecify.annotations.NullMarked;
