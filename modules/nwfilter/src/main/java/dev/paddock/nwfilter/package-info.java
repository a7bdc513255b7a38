/**
 * libvirt's network filters: rules for every protocol, and references to other filters.
 *
 * <p>The sources for libvirt's behavior are its documentation (formatnwfilter), its schema nwfilter.rng and, where both
 * are silent, src/conf/nwfilter_conf.c.
 */
@NullMarked
package dev.paddock.nwfilter;

import org.jspecify.annotations.NullMarked;
