/** The ports to a libvirt host: what can be read, and what can be done. */
@NullMarked
package dev.paddock.api.host;

import org.jspecify.annotations.NullMarked;
