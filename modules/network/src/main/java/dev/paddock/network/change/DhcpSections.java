package dev.paddock.network.change;

import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import dev.paddock.network.compare.CanonicalValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Updates of DHCP ranges, hosts and boot images.
 *
 * <p>libvirt allows DHCP on at most one address of each family, so all removals come before all additions.
 */
final class DhcpSections {
    private DhcpSections() {}

    static Optional<List<SectionUpdate>> between(Element before, Element after) {
        List<SectionUpdate> removals = new ArrayList<>();
        List<SectionUpdate> additions = new ArrayList<>();
        var ips = before.children("ip");
        for (var index = 0; index < ips.size(); index++) {
            var ip = ips.get(index);
            var successor = after.children("ip").stream()
                    .filter(other -> other.attribute("address").equals(ip.attribute("address")))
                    .findFirst();
            if (successor.isEmpty()) {
                continue;
            }
            var hosts = DhcpHosts.between(ip, index, parts(ip, "host"), parts(successor.get(), "host"));
            if (hosts.isEmpty()) {
                return Optional.empty();
            }
            var ranges = ListDifference.between(parts(ip, "range"), parts(successor.get(), "range"));
            var bracket = bracket(ip, successor.get(), index);
            bracket.ifPresent(range -> removals.add(range.with(Command.ADD_FIRST)));
            removals.addAll(hosts.get().removals());
            for (var range : ranges.removed()) {
                removals.add(new SectionUpdate(Command.DELETE, Section.IP_DHCP_RANGE, index, range));
            }
            additions.addAll(hosts.get().additions());
            for (var range : ranges.added()) {
                additions.add(new SectionUpdate(Command.ADD_LAST, Section.IP_DHCP_RANGE, index, range));
            }
            bracket.ifPresent(range -> additions.add(range.with(Command.DELETE)));
        }
        removals.addAll(additions);
        return Optional.of(removals);
    }

    /**
     * Return a temporary range for the duration of the updates, needed if there would be neither ranges nor hosts in
     * between: libvirt drops the boot image then.
     */
    private static Optional<SectionUpdate> bracket(Element ip, Element successor, int index) {
        var hasImage = ip.children("dhcp").stream()
                .anyMatch(dhcp -> dhcp.child("bootp").isPresent());
        var before = given(ip);
        var after = given(successor);
        if (!hasImage || before.isEmpty() || after.isEmpty() || before.stream().anyMatch(after::contains)) {
            return Optional.empty();
        }
        return Stream.concat(before.stream(), after.stream())
                .flatMap(part -> part.attribute("start").or(() -> part.attribute("ip")).stream())
                .map(address ->
                        Element.of("range").withAttribute("start", address).withAttribute("end", address))
                .filter(range -> Stream.concat(before.stream(), after.stream())
                        .noneMatch(part -> part.withChildren(List.of()).equals(range)))
                .findFirst()
                .map(range -> new SectionUpdate(Command.ADD_FIRST, Section.IP_DHCP_RANGE, index, range));
    }

    private static List<Element> given(Element ip) {
        return Stream.concat(parts(ip, "range").stream(), parts(ip, "host").stream())
                .toList();
    }

    /**
     * Return updates that change nothing but make libvirt restart dnsmasq, needed if the given updates should do so and
     * do not. For the first and the last IPv6 host, libvirt only makes dnsmasq reload its hosts: networkUpdate in
     * src/network/bridge_driver.c checks only IPv4 for the start or end of DHCP.
     */
    static List<SectionUpdate> nudges(Element running, Element after, List<SectionUpdate> updates) {
        List<SectionUpdate> nudges = new ArrayList<>();
        var ips = running.children("ip");
        for (var index = 0; index < ips.size(); index++) {
            var position = index;
            var ip = ips.get(index);
            var address = ip.attribute("address").orElse("");
            var successor = after.children("ip").stream()
                    .filter(other -> CanonicalValues.of("ip", other)
                            .attribute("address")
                            .equals(CanonicalValues.of("ip", ip).attribute("address")))
                    .findFirst();
            var restarts = updates.stream()
                    .anyMatch(update -> update.section() == Section.IP_DHCP_RANGE && update.parentIndex() == position);
            if (address.contains(":")
                    && successor.isPresent()
                    && servesDhcp(ip) != servesDhcp(successor.get())
                    && !restarts) {
                var range = Element.of("range").withAttribute("start", address).withAttribute("end", address);
                nudges.add(new SectionUpdate(Command.ADD_LAST, Section.IP_DHCP_RANGE, index, range));
                nudges.add(new SectionUpdate(Command.DELETE, Section.IP_DHCP_RANGE, index, range));
            }
        }
        return nudges;
    }

    private static boolean servesDhcp(Element ip) {
        return !parts(ip, "range").isEmpty() || !parts(ip, "host").isEmpty();
    }

    private static List<Element> parts(Element ip, String name) {
        return ip.children("dhcp").stream()
                .flatMap(dhcp -> dhcp.children(name).stream())
                .toList();
    }
}
