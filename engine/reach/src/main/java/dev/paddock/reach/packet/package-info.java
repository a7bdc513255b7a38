/** What crosses an interface: frames, what they carry, and what a firewall knows of their connection. */
@NullMarked
package dev.paddock.reach.packet;

import org.jspecify.annotations.NullMarked;
