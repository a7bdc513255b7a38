/**
 * The firewall that libvirt 9.0 builds from a filter for one interface, and its verdict on frames.
 *
 * <p>It follows src/nwfilter/nwfilter_ebiptables_driver.c and nwfilter_gentech_driver.c: rules for frames become
 * ebtables chains, rules for packets become iptables and ip6tables chains, and traffic has to pass both.
 */
@NullMarked
package dev.paddock.reach.firewall;

import org.jspecify.annotations.NullMarked;
