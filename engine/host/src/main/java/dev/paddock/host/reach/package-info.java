/** Getting at the machine that a libvirt runs on, beside libvirt. */
@NullMarked
package dev.paddock.host.reach;

import org.jspecify.annotations.NullMarked;
