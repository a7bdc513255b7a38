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
 * <p>libvirt takes every record for a match that says all that the given one does, and refuses to remove one of several
 * matches or to add to a match. So the more a record says, the earlier it is removed and the later it is added.
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
        // What stays but says more than one that comes or goes has to step aside.
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
