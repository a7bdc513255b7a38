package dev.paddock.reach.firewall;

/**
 * The iptables or ip6tables chains of one interface.
 *
 * @param fromGuest FI, for packets that are forwarded from the VM
 * @param toGuest FO, for packets that are bridged to the VM
 * @param toHost HI, for packets from the VM to the host
 */
record PacketChains(FirewallChain fromGuest, FirewallChain toGuest, FirewallChain toHost) {}
