/**
 * What libvirt 9.0 makes of a filter for one interface, and what that does to a frame.
 *
 * <p>It follows src/nwfilter/nwfilter_ebiptables_driver.c and nwfilter_gentech_driver.c: rules for frames go into chains
 * of ebtables, those for packets into chains of iptables and ip6tables, and what is to pass has to pass both.
 */
@NullMarked
package dev.paddock.reach.firewall;

import org.jspecify.annotations.NullMarked;
