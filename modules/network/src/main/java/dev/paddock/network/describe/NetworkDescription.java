package dev.paddock.network.describe;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.network.compare.NetworkRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes a network as fields of a playbook: the inverse of schema and template. */
public final class NetworkDescription {
    private NetworkDescription() {}

    public static Map<String, Object> of(Element network) {
        var ips = network.children("ip");
        var yaml = new YamlBuilder()
                .value("uuid", network.childText("uuid"))
                .value("title", network.child("title").map(Element::text))
                .value("description", network.child("description").map(Element::text))
                .attributes(network, "ipv6", "trustGuestRxFilters")
                .value("forward", network.child("forward").map(ForwardDescription::of))
                .value("bridge", network.child("bridge").flatMap(NetworkDescription::bridge))
                .value("mtu", network.child("mtu").flatMap(mtu -> mtu.attribute("size")))
                .value("mac", network.child("mac").flatMap(mac -> mac.attribute("address")))
                .value("domain", network.child("domain").map(domain -> new YamlBuilder()
                        .attributes(domain, "name", "localOnly", "register")
                        .shortBy("name")))
                .value("dns", network.child("dns").map(DnsDescription::of))
                .value("vlan", network.child("vlan").map(PortDescription::vlan))
                .value("bandwidth", network.child("bandwidth").map(PortDescription::bandwidth))
                .value("port", network.child("port").map(port -> new YamlBuilder()
                        .attributes(port, "isolated")
                        .entries()));
        if (ips.size() == 1) {
            IpDescription.ip(ips.getFirst(), yaml);
        } else {
            yaml.list("ips", ips, ip -> IpDescription.ip(ip, new YamlBuilder()).shortBy("address"));
        }
        return yaml.list("routes", network.children("route"), IpDescription::route)
                .value("virtualport", network.child("virtualport").map(PortDescription::virtualport))
                .list("portgroups", network.children("portgroup"), PortDescription::portgroup)
                .value("dnsmasq", dnsmasq(network))
                .value("metadata", metadata(network))
                .entries();
    }

    private static Optional<Object> bridge(Element bridge) {
        var yaml = new YamlBuilder().attributes(bridge, "name", "stp", "delay", "macTableManager", "zone");
        // libvirt writes this for every bridge, so it has no meaning.
        yaml.entries().remove("stp", "on");
        yaml.entries().remove("delay", "0");
        return yaml.entries().isEmpty() ? Optional.empty() : Optional.of(yaml.shortBy("name"));
    }

    private static Optional<Object> dnsmasq(Element network) {
        List<String> options = new ArrayList<>();
        for (var child : network.children()) {
            if (child.name().space().equals(NetworkRules.DNSMASQ)) {
                child.children().forEach(option -> option.attribute("value").ifPresent(options::add));
            }
        }
        return options.isEmpty() ? Optional.empty() : Optional.of(Map.of("options", options));
    }

    private static Optional<String> metadata(Element network) {
        var text = network.children("metadata").stream()
                .flatMap(metadata -> metadata.children().stream())
                .map(XmlWriter::write)
                .collect(Collectors.joining());
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
