/** The protocols of filter rules, their attributes, and how libvirt writes the values. */
@NullMarked
package dev.paddock.nwfilter.protocol;

import org.jspecify.annotations.NullMarked;
