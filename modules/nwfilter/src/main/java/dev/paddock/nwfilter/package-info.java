/**
 * libvirt's network filters: rules of every protocol, and references to other filters.
 *
 * <p>What libvirt does with a filter is told by its documentation (formatnwfilter), its schema nwfilter.rng, and where
 * those are silent its source, src/conf/nwfilter_conf.c.
 */
@NullMarked
package dev.paddock.nwfilter;

import org.jspecify.annotations.NullMarked;
