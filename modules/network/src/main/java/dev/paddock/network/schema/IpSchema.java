package dev.paddock.network.schema;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.listOf;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;

import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Schema.ListOf;
import dev.paddock.api.schema.Types;

/** The fields of addresses, DHCP and routes in a playbook. */
final class IpSchema {
    private static final Fields LEASE = orShort(
            fields(
                    "expiry", required(NetworkTypes.COUNT, "How long, in units; 0 for ever."),
                    "unit",
                            optional(
                                    Types.oneOf("a unit of time", "seconds", "minutes", "hours"),
                                    "The unit; minutes by default.")),
            NetworkTypes.LEASE);

    private static final Fields RANGE = orShort(
            fields(
                    "start", required(Types.IP, "The first address."),
                    "end", required(Types.IP, "The last address."),
                    "lease", optional(LEASE, "How long addresses are leased: 12h.")),
            NetworkTypes.ADDRESSES);

    private static final Fields HOST = fields(
            "mac", optional(Types.MAC, "The guest's MAC address (IPv4)."),
            "id", optional(NetworkTypes.DUID, "The guest's DHCP unique identifier (IPv6)."),
            "name", optional(Types.TEXT, "The guest's name."),
            "ip", required(Types.IP, "The address it gets."),
            "lease", optional(LEASE, "How long the address is leased: 12h."));

    private static final Fields BOOTP = orShort(
            fields(
                    "file", required(Types.TEXT, "The boot image."),
                    "server", optional(Types.IP, "The TFTP server; the host by default.")),
            NetworkTypes.only("file", "pxelinux.0"));

    static final Fields TFTP =
            orShort(fields("root", required(Types.TEXT, "The folder.")), NetworkTypes.only("root", "/srv/tftp"));

    /** Parts of one DHCP server: ranges in short form, or a mapping for more settings. */
    static final ListOf DHCP = oneOrMore(orShort(
            fields(
                    "start", optional(Types.IP, "The first address of a range."),
                    "end", optional(Types.IP, "The last address of a range."),
                    "lease", optional(LEASE, "How long addresses of this range are leased."),
                    "ranges", optional(oneOrMore(RANGE), "Ranges of addresses to give out."),
                    "hosts", optional(listOf(HOST), "Addresses of certain guests."),
                    "bootp", optional(BOOTP, "What guests boot over the network (IPv4).")),
            NetworkTypes.ADDRESSES));

    static final Fields IP = orShort(
            fields(
                    "address", required(NetworkTypes.SUBNET, "The host's address, with the prefix length."),
                    "netmask", optional(Types.IP, "The netmask, in place of a prefix length (IPv4)."),
                    "prefix", optional(NetworkTypes.PREFIX, "The prefix length."),
                    "family", optional(NetworkTypes.FAMILY, "The family; said by the address itself."),
                    "localPtr",
                            optional(Types.YES_NO, "Whether reverse lookups of the subnet are never asked elsewhere."),
                    "tftp", optional(TFTP, "The folder that is served by TFTP (IPv4)."),
                    "dhcp", optional(DHCP, "What the DHCP server gives out.")),
            NetworkTypes.only("address", "192.168.122.1/24", "[0-9a-fA-F.:]+(/[0-9]{1,3})?"));

    static final Fields ROUTE = fields(
            "address", required(NetworkTypes.SUBNET, "The network to reach, with the prefix length."),
            "netmask", optional(Types.IP, "The netmask, in place of a prefix length (IPv4)."),
            "prefix", optional(NetworkTypes.PREFIX, "The prefix length."),
            "family", optional(NetworkTypes.FAMILY, "The family; said by the address itself."),
            "gateway", required(Types.IP, "The guest that routes there."),
            "metric", optional(NetworkTypes.METRIC, "The metric; 1 by default."));

    private IpSchema() {}
}
