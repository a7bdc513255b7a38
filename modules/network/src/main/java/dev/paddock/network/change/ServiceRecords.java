package dev.paddock.network.change;

import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Updates of SRV records.
 *
 * <p>libvirt considers every record a match that has all values of the given one. It rejects the removal if there are
 * several matches, and the addition if there is one. So records with more values are removed earlier and added later.
 */
final class ServiceRecords {
    private static final List<String> KEY = List.of("service", "protocol", "domain", "target");
    private static final Comparator<Element> GENERAL_FIRST = Comparator.comparingLong(record ->
            KEY.stream().filter(name -> record.attribute(name).isPresent()).count());

    private ServiceRecords() {}

    static Optional<List<SectionUpdate>> between(List<Element> before, List<Element> after) {
        var difference = ListDifference.between(before, after);
        List<Element> removed = new ArrayList<>(difference.removed());
        List<Element> added = new ArrayList<>(difference.added());
        if (removed.isEmpty() && added.isEmpty()) {
            return Optional.of(List.of());
        }
        if (hasDuplicates(before) || hasDuplicates(after)) {
            return Optional.empty();
        }
        // A record that stays, but has more values than one that is added or removed, is removed temporarily.
        for (var kept : difference.kept()) {
            if (Stream.concat(removed.stream(), added.stream()).anyMatch(record -> matches(record, kept))) {
                removed.add(kept);
                added.add(kept);
            }
        }
        List<SectionUpdate> updates = new ArrayList<>();
        removed.stream()
                .sorted(GENERAL_FIRST.reversed())
                .forEach(record -> updates.add(SectionUpdate.of(Command.DELETE, Section.DNS_SRV, record)));
        added.stream()
                .sorted(GENERAL_FIRST)
                .forEach(record -> updates.add(SectionUpdate.of(Command.ADD_LAST, Section.DNS_SRV, record)));
        return Optional.of(updates);
    }

    static List<Optional<String>> key(Element record) {
        return KEY.stream().map(record::attribute).toList();
    }

    private static boolean hasDuplicates(List<Element> records) {
        var keys = new HashSet<List<Optional<String>>>();
        return !records.stream().map(ServiceRecords::key).allMatch(keys::add);
    }

    private static boolean matches(Element wanted, Element record) {
        return KEY.stream()
                .allMatch(name -> wanted.attribute(name).isEmpty()
                        || wanted.attribute(name).equals(record.attribute(name)));
    }
}
