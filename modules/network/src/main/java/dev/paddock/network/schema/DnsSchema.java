package dev.paddock.network.schema;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.listOf;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;
import static dev.paddock.api.schema.Schema.text;

import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Types;

/** The fields of a network's DNS server in a playbook. */
final class DnsSchema {
    private static final Fields FORWARDER = orShort(
            fields(
                    "addr", optional(Types.IP, "The server to ask."),
                    "port", optional(NetworkTypes.PORT, "Its port; 53 by default. libvirt 12.0 or newer."),
                    "domain", optional(NetworkTypes.DNS_NAME, "The domain to ask it about; all others by default.")),
            NetworkTypes.only("addr", "9.9.9.9", "[0-9a-fA-F.:]+"));

    private static final Fields TXT = fields(
            "name", required(NetworkTypes.DNS_NAME, "The name that is looked up."),
            "value", required(Types.TEXT, "The text that is answered."));

    private static final Fields HOST = fields(
            "ip", required(Types.IP, "The address."),
            "hostnames",
                    required(
                            oneOrMore(text(NetworkTypes.DNS_NAME)),
                            "Its names; reverse lookups are answered with the first."));

    private static final Fields SRV = fields(
            "service", required(NetworkTypes.SERVICE, "The service."),
            "protocol", required(Types.oneOf("a protocol", "tcp", "udp"), "The protocol."),
            "domain", optional(NetworkTypes.DNS_NAME, "The domain; the network's by default."),
            "target", optional(Types.TEXT, "The host that offers the service."),
            "port", optional(NetworkTypes.PORT, "Its port there."),
            "priority", optional(NetworkTypes.RECORD_NUMBER, "Lower ones are tried first; 0 by default."),
            "weight", optional(NetworkTypes.RECORD_NUMBER, "The share among equal priorities; 0 by default."));

    static final Fields DNS = orShort(
            fields(
                    "enable", optional(Types.YES_NO, "Whether there is a DNS server; there is by default."),
                    "forwardPlainNames",
                            optional(Types.YES_NO, "Whether names without a domain are asked of other servers."),
                    "forwarders", optional(oneOrMore(FORWARDER), "Servers to ask, in place of the host's."),
                    "txts", optional(listOf(TXT), "TXT records."),
                    "srvs", optional(listOf(SRV), "SRV records."),
                    "hosts", optional(listOf(HOST), "Addresses and their names.")),
            NetworkTypes.only(
                    "enable",
                    "no",
                    "[yY][eE][sS]|[nN][oO]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[oO][nN]|[oO][fF][fF]"));

    private DnsSchema() {}
}
