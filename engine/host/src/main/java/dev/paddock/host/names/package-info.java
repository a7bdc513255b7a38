/** Names of hosts, as this machine resolves them. */
@NullMarked
package dev.paddock.host.names;

import org.jspecify.annotations.NullMarked;
