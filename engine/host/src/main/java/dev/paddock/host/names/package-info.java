/** Names of hosts, as resolved by this machine. */
@NullMarked
package dev.paddock.host.names;

import org.jspecify.annotations.NullMarked;
