package dev.paddock.network.describe;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.xml.Element;
import dev.paddock.network.schema.ForwardMode;
import dev.paddock.network.schema.NetworkTypes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Describes the forwarding of a network as fields of a playbook. */
final class ForwardDescription {
    private static final Pattern HEXADECIMAL = Pattern.compile("0x([0-9a-fA-F]+)");

    private ForwardDescription() {}

    static Object of(Element forward) {
        var mode = ForwardMode.of(Element.of("network").plus(forward));
        var yaml = new YamlBuilder();
        yaml.entries().put("mode", mode.name());
        var devices = forward.children("interface").stream()
                .flatMap(device -> device.attribute("dev").stream())
                .toList();
        yaml.attributes(forward, "dev")
                .value("managed", forward.attribute("managed").filter(managed -> mode.name()
                        .equals("hostdev")))
                .value("driver", forward.child("driver").map(driver -> new YamlBuilder()
                        .attributes(driver, "name", "model", "iommufd")
                        .shortBy("name")))
                .value("pf", forward.child("pf").flatMap(pf -> pf.attribute("dev")));
        if (!devices.isEmpty()) {
            if (mode.hasOneDevice() && devices.size() == 1) {
                yaml.entries().put("dev", devices.getFirst());
            } else {
                yaml.entries().remove("dev");
                yaml.entries().put("interfaces", devices);
            }
        }
        yaml.list("addresses", forward.children("address"), ForwardDescription::pci);
        forward.child("nat").ifPresent(nat -> nat(nat, yaml));
        return yaml.shortBy("mode");
    }

    private static void nat(Element nat, YamlBuilder forward) {
        var yaml = new YamlBuilder()
                .attributes(nat, "ipv6")
                .value("addresses", nat.child("address").map(IpDescription::fromTo))
                .value("ports", nat.child("port").map(IpDescription::fromTo));
        var ports = yaml.entries().get("ports");
        if (yaml.entries().size() == 1 && ports != null) {
            forward.entries().put("ports", ports);
        } else if (!yaml.entries().isEmpty()) {
            forward.entries().put("nat", yaml.entries());
        }
    }

    private static Object pci(Element address) {
        Map<String, Object> parts = new YamlBuilder()
                .attributes(address, "domain", "bus", "slot", "function")
                .entries();
        var digits = Stream.of("domain", "bus", "slot", "function")
                .map(part -> address.attribute(part).flatMap(ForwardDescription::digits))
                .flatMap(Optional::stream)
                .toList();
        var text = digits.size() == 4
                ? "%s:%s:%s.%s".formatted(digits.get(0), digits.get(1), digits.get(2), digits.get(3))
                : "";
        return text.matches(NetworkTypes.PCI.pattern()) ? text : parts;
    }

    private static Optional<String> digits(String number) {
        var matcher = HEXADECIMAL.matcher(number);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
