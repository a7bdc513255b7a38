/** Folders that a VM of a pool shares with the host, each limited in size and emptied between leases. */
@NullMarked
package dev.paddock.host.workspace;

import org.jspecify.annotations.NullMarked;
