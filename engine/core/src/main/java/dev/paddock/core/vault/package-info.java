/** Texts that ansible-vault has encrypted, and the passwords that open them. */
@NullMarked
package dev.paddock.core.vault;

import org.jspecify.annotations.NullMarked;
