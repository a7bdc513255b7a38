/** Virtual machines of libvirt. */
@NullMarked
package dev.paddock.vm;

import org.jspecify.annotations.NullMarked;
