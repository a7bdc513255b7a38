package dev.paddock.network.schema;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;

import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Types;

/** The fields of the ports that VMs are attached to. */
final class PortSchema {
    private static final Fields RATE = orShort(
            fields(
                    "average", optional(NetworkTypes.SPEED, "The average rate, in KiB a second."),
                    "peak", optional(NetworkTypes.SPEED, "The highest rate, in KiB a second."),
                    "burst", optional(NetworkTypes.SPEED, "How much may go at the highest rate, in KiB."),
                    "floor", optional(NetworkTypes.SPEED, "The rate that is guaranteed, in KiB a second.")),
            NetworkTypes.only("average", "1000", "[0-9]+"));

    static final Fields BANDWIDTH = fields(
            "inbound", optional(RATE, "Limits of what comes to guests."),
            "outbound", optional(RATE, "Limits of what comes from guests."));

    private static final Fields TAG = orShort(
            fields(
                    "id", required(NetworkTypes.TAG, "The tag."),
                    "nativeMode",
                            optional(
                                    Types.oneOf("a native mode", "tagged", "untagged"),
                                    "Makes this the native VLAN of a trunk (Open vSwitch).")),
            NetworkTypes.only("id", "42", "[0-9]{1,4}"));

    static final Fields VLAN = fields(
            "trunk", optional(Types.oneOf("yes", "yes"), "Makes a trunk of one tag; several tags always are one."),
            "tags", required(oneOrMore(TAG), "The tags."));

    private static final Fields PARAMETERS = fields(
            "managerid", optional(NetworkTypes.NUMBER, "The VSI manager (802.1Qbg)."),
            "typeid", optional(NetworkTypes.NUMBER, "The VSI type (802.1Qbg)."),
            "typeidversion", optional(NetworkTypes.NUMBER, "The version of the VSI type (802.1Qbg)."),
            "instanceid", optional(Types.UUID, "The VSI instance (802.1Qbg)."),
            "profileid", optional(Types.TEXT, "The port profile (802.1Qbh, Open vSwitch)."),
            "interfaceid", optional(Types.UUID, "The interface's identity (Open vSwitch, MidoNet)."));

    static final Fields VIRTUALPORT = orShort(
            fields(
                    "type",
                            optional(
                                    Types.oneOf(
                                            "a type of port profile", "802.1Qbg", "802.1Qbh", "openvswitch", "midonet"),
                                    "The type of the profile."),
                    "parameters", optional(PARAMETERS, "Its parameters.")),
            NetworkTypes.only("type", "openvswitch"));

    static final Fields PORT =
            fields("isolated", optional(Types.YES_NO, "Whether guests are kept from talking to each other directly."));

    static final Fields PORTGROUP = orShort(
            fields(
                    "name", required(NetworkTypes.GROUP, "The name that interfaces choose it by."),
                    "default", optional(Types.YES_NO, "Whether interfaces get it that choose none."),
                    "trustGuestRxFilters",
                            optional(Types.YES_NO, "Whether guests may set their MAC address and receive filters."),
                    "vlan", optional(VLAN, "The VLAN tags."),
                    "virtualport", optional(VIRTUALPORT, "The port profile."),
                    "bandwidth", optional(BANDWIDTH, "Limits of each interface's traffic.")),
            NetworkTypes.only("name", "engineering"));

    private PortSchema() {}
}
