package dev.paddock.network.schema;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.listOf;
import static dev.paddock.api.schema.Schema.longText;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;
import static dev.paddock.api.schema.Schema.text;

import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Types;

/**
 * The fields of a network in a playbook.
 *
 * <p>Keys are the names of libvirt's elements and attributes, in the plural for lists.
 * https://libvirt.org/formatnetwork.html explains their meaning.
 */
public final class NetworkSchema {
    private static final Fields BRIDGE = orShort(
            fields(
                    "name",
                            optional(
                                    NetworkTypes.DEVICE,
                                    "The bridge device; libvirt takes a free virbrN when none is given."),
                    "stp", optional(Types.ON_OFF, "Whether the bridge runs the spanning tree protocol; on by default."),
                    "delay", optional(NetworkTypes.COUNT, "Forward delay of the bridge in seconds; 0 by default."),
                    "macTableManager",
                            optional(
                                    Types.oneOf("a MAC table manager", "kernel", "libvirt"),
                                    "Who keeps the bridge's table of MAC addresses."),
                    "zone", optional(NetworkTypes.ZONE, "The firewalld zone of the bridge.")),
            NetworkTypes.only("name", "virbr-agents"));

    private static final Fields MTU = orShort(
            fields("size", required(NetworkTypes.RECORD_NUMBER, "The largest packet, in bytes.")),
            NetworkTypes.only("size", "1400", "[0-9]{1,5}"));

    private static final Fields MAC = orShort(
            fields("address", required(Types.MAC, "The address.")), NetworkTypes.only("address", "52:54:00:12:34:56"));

    private static final Fields DOMAIN = orShort(
            fields(
                    "name", required(NetworkTypes.DNS_NAME, "The DNS domain of the guests."),
                    "localOnly",
                            optional(Types.YES_NO, "Whether names of this domain are never asked of other servers."),
                    "register",
                            optional(
                                    Types.YES_NO,
                                    "Whether the domain is registered with systemd-resolved; libvirt 10.1 or newer.")),
            NetworkTypes.only("name", "agents.example.com"));

    private static final Fields DNSMASQ = fields(
            "options",
            optional(
                    oneOrMore(text(Types.TEXT)),
                    "Lines for dnsmasq's configuration, as they are. libvirt does not vouch for them."));

    /** All fields except those of every resource. */
    public static final Fields FIELDS = fields(
            "uuid", optional(Types.UUID, "The identity; by default it is derived from the project and the name."),
            "title", optional(Types.TEXT, "A short title; libvirt 9.7 or newer."),
            "description", optional(longText(Types.TEXT), "A description for people; libvirt 9.7 or newer."),
            "metadata", optional(longText(Types.TEXT), "XML elements of namespaces of your own, as text."),
            "ipv6",
                    optional(
                            Types.YES_NO,
                            "Whether guests may talk IPv6 to each other on a network without an IPv6 address."),
            "trustGuestRxFilters",
                    optional(Types.YES_NO, "Whether guests may set their MAC address and receive filters."),
            "forward", optional(ForwardSchema.FORWARD, "Where traffic goes; without it, the network is isolated."),
            "bridge", optional(BRIDGE, "The bridge that the guests are plugged into."),
            "mtu", optional(MTU, "The largest packet."),
            "mac", optional(MAC, "The bridge's MAC address; chosen when none is given."),
            "domain", optional(DOMAIN, "The DNS domain."),
            "dns", optional(DnsSchema.DNS, "What the network's DNS server answers."),
            "vlan", optional(PortSchema.VLAN, "The VLAN tags of all guests' traffic."),
            "bandwidth", optional(PortSchema.BANDWIDTH, "Limits of the whole network's traffic."),
            "port", optional(PortSchema.PORT, "Options of the guests' ports."),
            "address",
                    optional(
                            NetworkTypes.SUBNET,
                            "The host's address on the network, with the prefix length: 192.168.122.1/24."),
            "netmask", optional(Types.IP, "The netmask of address, in place of a prefix length."),
            "prefix", optional(NetworkTypes.PREFIX, "The prefix length of address."),
            "family", optional(NetworkTypes.FAMILY, "The family of address; said by the address itself."),
            "localPtr",
                    optional(
                            Types.YES_NO,
                            "Whether reverse lookups of the subnet of address are never asked elsewhere."),
            "tftp", optional(IpSchema.TFTP, "The folder that is served by TFTP on address."),
            "dhcp", optional(IpSchema.DHCP, "What the DHCP server on address gives out."),
            "ips",
                    optional(
                            listOf(IpSchema.IP),
                            "Addresses of the host on the network; after address, if both are given."),
            "routes", optional(listOf(IpSchema.ROUTE), "Static routes that the host adds."),
            "virtualport", optional(PortSchema.VIRTUALPORT, "The port profile of all guests' ports."),
            "portgroups", optional(listOf(PortSchema.PORTGROUP), "Classes of ports, to be chosen by interfaces."),
            "dnsmasq", optional(DNSMASQ, "Options passed on to dnsmasq."));

    private NetworkSchema() {}
}
