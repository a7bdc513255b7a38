package dev.paddock.network.describe;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.xml.Element;

/** Describes the ports of VMs as fields of a playbook. */
final class PortDescription {
    private PortDescription() {}

    static Object vlan(Element vlan) {
        var yaml = new YamlBuilder();
        if (vlan.children("tag").size() == 1) {
            yaml.attributes(vlan, "trunk");
        }
        return yaml.list("tags", vlan.children("tag"), tag -> new YamlBuilder()
                        .attributes(tag, "id", "nativeMode")
                        .shortBy("id"))
                .entries();
    }

    static Object bandwidth(Element bandwidth) {
        return new YamlBuilder()
                .value("inbound", bandwidth.child("inbound").map(PortDescription::rate))
                .value("outbound", bandwidth.child("outbound").map(PortDescription::rate))
                .entries();
    }

    static Object virtualport(Element virtualport) {
        return new YamlBuilder()
                .attributes(virtualport, "type")
                .value("parameters", virtualport.child("parameters").map(parameters -> new YamlBuilder()
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
        return new YamlBuilder()
                .attributes(portgroup, "name", "default", "trustGuestRxFilters")
                .value("vlan", portgroup.child("vlan").map(PortDescription::vlan))
                .value("virtualport", portgroup.child("virtualport").map(PortDescription::virtualport))
                .value("bandwidth", portgroup.child("bandwidth").map(PortDescription::bandwidth))
                .shortBy("name");
    }

    private static Object rate(Element rate) {
        return new YamlBuilder()
                .attributes(rate, "average", "peak", "floor", "burst")
                .shortBy("average");
    }
}
