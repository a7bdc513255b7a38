/** Network filters and their bindings. */
@NullMarked
package dev.paddock.host.libvirt.nwfilter;

import org.jspecify.annotations.NullMarked;
