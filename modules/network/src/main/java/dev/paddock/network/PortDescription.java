package dev.paddock.network;

import dev.paddock.api.xml.Element;

/** Ports of guests in the words of a playbook. */
final class PortDescription {
    private PortDescription() {}

    static Object vlan(Element vlan) {
        var yaml = new Yaml();
        if (vlan.children("tag").size() == 1) {
            yaml.attributes(vlan, "trunk");
        }
        return yaml.list("tags", vlan.children("tag"), tag -> new Yaml()
                        .attributes(tag, "id", "nativeMode")
                        .shortBy("id"))
                .entries();
    }

    static Object bandwidth(Element bandwidth) {
        return new Yaml()
                .value("inbound", bandwidth.child("inbound").map(PortDescription::rate))
                .value("outbound", bandwidth.child("outbound").map(PortDescription::rate))
                .entries();
    }

    static Object virtualport(Element virtualport) {
        return new Yaml()
                .attributes(virtualport, "type")
                .value("parameters", virtualport.child("parameters").map(parameters -> new Yaml()
                        .attributes(
                                parameters,
                                "managerid",
                                "typeid",
                                "typeidversion",
                                "instanceid",
                                "profileid",
                                "interfaceid")
                        .entries()))
                .shortBy("type");
    }

    static Object portgroup(Element portgroup) {
        return new Yaml()
                .attributes(portgroup, "name", "default", "trustGuestRxFilters")
                .value("vlan", portgroup.child("vlan").map(PortDescription::vlan))
                .value("virtualport", portgroup.child("virtualport").map(PortDescription::virtualport))
                .value("bandwidth", portgroup.child("bandwidth").map(PortDescription::bandwidth))
                .shortBy("name");
    }

    private static Object rate(Element rate) {
        return new Yaml().attributes(rate, "average", "peak", "floor", "burst").shortBy("average");
    }
}
