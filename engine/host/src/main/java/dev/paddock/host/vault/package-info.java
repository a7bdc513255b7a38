/** Files and programs that hold the passwords of vaults. */
@NullMarked
package dev.paddock.host.vault;

import org.jspecify.annotations.NullMarked;
