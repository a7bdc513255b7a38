/** The ports to a libvirt host: reading, changing, and talking to VMs. */
@NullMarked
package dev.paddock.api.host;

import org.jspecify.annotations.NullMarked;
