/** Identities derived from content. */
@NullMarked
package dev.paddock.api.identity;

import org.jspecify.annotations.NullMarked;
