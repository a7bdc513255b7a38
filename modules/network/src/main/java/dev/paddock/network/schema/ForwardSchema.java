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

/** The fields of the forwarding of a network in a playbook. */
final class ForwardSchema {
    private static final Fields PORTS = orShort(
            fields(
                    "start", required(NetworkTypes.PORT, "The first port."),
                    "end", required(NetworkTypes.PORT, "The last port.")),
            NetworkTypes.PORTS);

    private static final Fields ADDRESSES = orShort(
            fields(
                    "start", required(Types.IP, "The first address."),
                    "end", required(Types.IP, "The last address.")),
            NetworkTypes.ADDRESSES);

    private static final Fields NAT = fields(
            "ipv6", optional(Types.YES_NO, "Whether IPv6 is translated too."),
            "addresses", optional(ADDRESSES, "The addresses that guests appear as."),
            "ports", optional(PORTS, "The ports that connections are mapped to; 1024-65535 by default."));

    private static final Fields PCI = orShort(
            fields(
                    "domain", optional(NetworkTypes.NUMBER, "The PCI domain; 0 by default."),
                    "bus", optional(NetworkTypes.NUMBER, "The bus; 0 by default."),
                    "slot", optional(NetworkTypes.NUMBER, "The slot; 0 by default."),
                    "function", optional(NetworkTypes.NUMBER, "The function; 0 by default.")),
            NetworkTypes.PCI);

    private static final Fields DRIVER = orShort(
            fields(
                    "name", optional(Types.oneOf("a driver", "kvm", "vfio", "xen"), "The driver."),
                    "model",
                            optional(
                                    Types.TEXT, "The kernel module that stands in for vfio, where libvirt knows such."),
                    "iommufd",
                            optional(
                                    Types.YES_NO,
                                    "Whether QEMU reaches the devices by iommufd, where libvirt knows that.")),
            NetworkTypes.only("name", "vfio", "[a-z]+"));

    static final Fields FORWARD = orShort(
            fields(
                    "mode", optional(NetworkTypes.MODE, "How traffic leaves; nat when none is given."),
                    "dev", optional(NetworkTypes.DEVICE, "The host's device that traffic leaves by."),
                    "managed",
                            optional(
                                    Types.YES_NO, "Whether libvirt detaches PCI devices from the host (hostdev only)."),
                    "driver", optional(DRIVER, "The driver that passes devices through (hostdev only)."),
                    "nat", optional(NAT, "How addresses are translated (nat only)."),
                    "ports", optional(PORTS, "The same as ports below nat."),
                    "pf", optional(NetworkTypes.DEVICE, "The device whose virtual functions make up the pool."),
                    "interfaces", optional(oneOrMore(text(NetworkTypes.DEVICE)), "The devices that make up the pool."),
                    "addresses", optional(listOf(PCI), "The PCI devices that make up the pool (hostdev only).")),
            NetworkTypes.only("mode", "nat", "[a-z]+"));

    private ForwardSchema() {}
}
