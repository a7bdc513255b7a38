package dev.paddock.reach.firewall;

/**
 * The chains of iptables or ip6tables for one interface.
 *
 * @param fromGuest FI, asked on what is forwarded from the guest
 * @param toGuest FO, asked on what is bridged to the guest
 * @param toHost HI, asked on what the guest sends to the host
 */
record PacketChains(FirewallChain fromGuest, FirewallChain toGuest, FirewallChain toHost) {}
