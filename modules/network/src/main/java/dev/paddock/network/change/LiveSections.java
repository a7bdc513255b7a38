package dev.paddock.network.change;

import static dev.paddock.api.step.Action.Command.ADD_LAST;
import static dev.paddock.api.step.Action.Command.DELETE;
import static dev.paddock.api.step.Action.Command.MODIFY;

import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import dev.paddock.network.compare.CanonicalValues;
import dev.paddock.network.compare.NormalizedNetwork;
import dev.paddock.network.schema.ForwardMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The sections of a network that can change while it runs, and the updates that lead from one document to another.
 *
 * <p>virNetworkDefUpdateSection in libvirt's src/conf/network_conf.c decides which elements virNetworkUpdate considers
 * the same, and which updates it rejects. Most sections support only additions and removals.
 */
final class LiveSections {
    private LiveSections() {}

    /**
     * Return the updates in an order that libvirt accepts; absent if no sequence of updates leads there, for example
     * with duplicates.
     */
    static Optional<List<SectionUpdate>> between(Element from, Element to) {
        var before = CanonicalValues.of("", NormalizedNetwork.of(from));
        var after = CanonicalValues.of("", NormalizedNetwork.of(to));
        var dhcp = DhcpSections.between(before, after);
        var hosts = records(Section.DNS_HOST, in(before, "dns", "host"), in(after, "dns", "host"), "ip");
        var texts = records(Section.DNS_TXT, in(before, "dns", "txt"), in(after, "dns", "txt"), "name");
        var services = ServiceRecords.between(in(before, "dns", "srv"), in(after, "dns", "srv"));
        if (dhcp.isEmpty() || hosts.isEmpty() || texts.isEmpty() || services.isEmpty()) {
            return Optional.empty();
        }
        List<SectionUpdate> updates = new ArrayList<>();
        if (ForwardMode.of(before).equals(ForwardMode.of(after))) {
            updates.addAll(ForwardInterfaces.between(devices(before), devices(after)));
        }
        updates.addAll(portgroups(groups(before), groups(after)));
        updates.addAll(dhcp.get());
        updates.addAll(hosts.get());
        updates.addAll(texts.get());
        updates.addAll(services.get());
        return Optional.of(updates);
    }

    /** Return whether a document has records that virNetworkUpdate cannot distinguish. */
    static boolean hasDuplicates(Element network, String section) {
        var records = in(CanonicalValues.of("", network), "dns", section);
        var keys = new HashSet<List<Optional<String>>>();
        return !records.stream()
                .map(record -> switch (section) {
                    case "host" -> List.of(record.attribute("ip"));
                    case "txt" -> List.of(record.attribute("name"));
                    default -> ServiceRecords.key(record);
                })
                .allMatch(keys::add);
    }

    private static List<String> devices(Element network) {
        return network.child("forward").map(NormalizedNetwork::devices).orElse(List.of());
    }

    /** Return the port groups as libvirt writes them, without empty parameters. */
    private static List<Element> groups(Element network) {
        return network.children("portgroup").stream()
                .map(group -> group.withChildren(group.children().stream()
                        .map(part -> part.withChildren(part.children().stream()
                                .filter(child -> !(child.is("parameters")
                                        && child.attributes().isEmpty()))
                                .toList()))
                        .toList()))
                .toList();
    }

    /**
     * Two groups must never be the default at the same time, so the old default is removed before the new one is added.
     */
    private static List<SectionUpdate> portgroups(List<Element> before, List<Element> after) {
        var difference = ListDifference.between(before, after);
        List<SectionUpdate> removals = new ArrayList<>();
        List<SectionUpdate> modifications = new ArrayList<>();
        List<SectionUpdate> additions = new ArrayList<>();
        List<Element> added = new ArrayList<>(difference.added());
        for (var old : difference.removed()) {
            var successor = added.stream()
                    .filter(group -> group.attribute("name").equals(old.attribute("name")))
                    .findFirst();
            if (successor.isEmpty()) {
                removals.add(SectionUpdate.of(DELETE, Section.PORTGROUP, old));
            } else {
                added.remove(successor.get());
                var update = SectionUpdate.of(MODIFY, Section.PORTGROUP, successor.get());
                if (successor.get().attribute("default").isPresent()) {
                    modifications.addLast(update);
                } else {
                    modifications.addFirst(update);
                }
            }
        }
        added.forEach(group -> additions.add(SectionUpdate.of(ADD_LAST, Section.PORTGROUP, group)));
        removals.addAll(modifications);
        removals.addAll(additions);
        return removals;
    }

    /**
     * Replace records that libvirt identifies by one attribute.
     *
     * <p>libvirt also finds a DNS host by any of its names, which other hosts may share, so it is removed by its
     * address alone. If the address stays and libvirt supports it, the host is modified, so its names resolve at all
     * times.
     */
    private static Optional<List<SectionUpdate>> records(
            Section section, List<Element> before, List<Element> after, String key) {
        var difference = ListDifference.between(before, after);
        List<SectionUpdate> updates = new ArrayList<>();
        List<Element> present = new ArrayList<>(before);
        List<Element> added = new ArrayList<>(difference.added());
        for (var record : difference.removed()) {
            if (present.stream()
                            .filter(other -> other.attribute(key).equals(record.attribute(key)))
                            .count()
                    > 1) {
                return Optional.empty();
            }
            present.remove(record);
            var successor = section == Section.DNS_HOST ? like(record, added, key) : Optional.<Element>empty();
            if (successor.isPresent()) {
                added.remove(successor.get());
                present.add(successor.get());
                updates.add(SectionUpdate.of(MODIFY, section, successor.get()));
            } else {
                updates.add(SectionUpdate.of(
                        DELETE, section, section == Section.DNS_HOST ? record.withChildren(List.of()) : record));
            }
        }
        for (var record : added) {
            if (present.stream().anyMatch(other -> other.attribute(key).equals(record.attribute(key)))) {
                return Optional.empty();
            }
            present.add(record);
            updates.add(SectionUpdate.of(ADD_LAST, section, record));
        }
        return Optional.of(updates);
    }

    private static Optional<Element> like(Element record, List<Element> others, String key) {
        return others.stream()
                .filter(other -> other.attribute(key).equals(record.attribute(key)))
                .findFirst();
    }

    private static List<Element> in(Element network, String parent, String name) {
        return network.children(parent).stream()
                .flatMap(each -> each.children(name).stream())
                .toList();
    }
}
