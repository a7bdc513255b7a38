package dev.paddock.network.describe;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/** Describes addresses, DHCP and routes as fields of a playbook. */
final class IpDescription {
    private IpDescription() {}

    static YamlBuilder ip(Element ip, YamlBuilder yaml) {
        return subnet(ip, yaml)
                .attributes(ip, "localPtr")
                .value("tftp", ip.child("tftp").flatMap(tftp -> tftp.attribute("root")))
                .value("dhcp", ip.child("dhcp").flatMap(IpDescription::dhcp));
    }

    static Object route(Element route) {
        return subnet(route, new YamlBuilder())
                .attributes(route, "gateway", "metric")
                .entries();
    }

    /** Return {@code start-end}. */
    static Object fromTo(Element range) {
        return range.attribute("start").orElse("") + "-"
                + range.attribute("end").orElse("");
    }

    private static YamlBuilder subnet(Element holder, YamlBuilder yaml) {
        var address = holder.attribute("address").orElse("");
        yaml.entries()
                .put(
                        "address",
                        holder.attribute("prefix")
                                .map(prefix -> address + "/" + prefix)
                                .orElse(address));
        yaml.attributes(holder, "netmask");
        holder.attribute("family")
                .filter(family -> !(family.equals("ipv6") && address.contains(":")))
                .ifPresent(family -> yaml.entries().put("family", family));
        return yaml;
    }

    private static Optional<Object> dhcp(Element dhcp) {
        var ranges = dhcp.children("range");
        if (ranges.isEmpty() && dhcp.children().isEmpty()) {
            return Optional.empty();
        }
        var isPlain = dhcp.children().stream().allMatch(child -> child.is("range"))
                && ranges.stream().allMatch(range -> range.children().isEmpty());
        if (isPlain) {
            List<Object> texts = ranges.stream().map(IpDescription::fromTo).toList();
            return Optional.of(texts.size() == 1 ? texts.getFirst() : texts);
        }
        return Optional.of(new YamlBuilder()
                .list("ranges", ranges, IpDescription::range)
                .list("hosts", dhcp.children("host"), host -> new YamlBuilder()
                        .attributes(host, "mac", "id", "name", "ip")
                        .value("lease", host.child("lease").map(IpDescription::lease))
                        .entries())
                .value("bootp", dhcp.child("bootp").map(bootp -> new YamlBuilder()
                        .attributes(bootp, "file", "server")
                        .shortBy("file")))
                .entries());
    }

    private static Object range(Element range) {
        return range.child("lease")
                .<Object>map(lease -> new YamlBuilder()
                        .attributes(range, "start", "end")
                        .value("lease", Optional.of(lease(lease)))
                        .entries())
                .orElseGet(() -> fromTo(range));
    }

    private static Object lease(Element lease) {
        var expiry = Normalizers.C_INTEGER.apply(lease.attribute("expiry").orElse(""));
        return lease.attribute("unit").map(unit -> expiry + unit.charAt(0)).orElse(expiry);
    }
}
