/** Errors in networks that libvirt accepts, or refuses only when a network starts. */
@NullMarked
package dev.paddock.network.check;

import org.jspecify.annotations.NullMarked;
