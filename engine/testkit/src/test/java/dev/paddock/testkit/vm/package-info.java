/** Guests, on real libvirt. */
@NullMarked
package dev.paddock.testkit.vm;

import org.jspecify.annotations.NullMarked;
