package dev.paddock.nwfilter;

import dev.paddock.api.kind.LedgerRecord;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stores the ledger as a filter: each record is a {@code filterref} with the name of the record and its values as
 * parameters. libvirt stores references to missing filters, and parameters that no filter uses.
 */
final class LedgerFilter {
    private static final String UUID = "UUID";
    private static final String OWNER = "OWNER";
    private static final String PROTECT = "PROTECT";

    private LedgerFilter() {}

    static Map<String, LedgerRecord> records(Element filter) {
        Map<String, LedgerRecord> records = new TreeMap<>();
        for (var reference : filter.children("filterref")) {
            var uuid = parameter(reference, UUID).map(Normalizers.UUID::apply);
            var owner = parameter(reference, OWNER).map(Normalizers.UUID::apply);
            var name = reference.attribute("filter");
            if (name.isPresent() && uuid.isPresent() && owner.isPresent()) {
                var protect = parameter(reference, PROTECT).isPresent();
                records.put(name.get(), new LedgerRecord(uuid.get(), owner.get(), protect));
            }
        }
        return records;
    }

    private static Optional<String> parameter(Element reference, String name) {
        return reference.children("parameter").stream()
                .filter(parameter -> parameter.attribute("name").orElse("").equals(name))
                .findFirst()
                .flatMap(parameter -> parameter.attribute("value"));
    }

    static Element document(String name, String uuid, SortedMap<String, LedgerRecord> records) {
        var filter = Element.of("filter")
                .withAttribute("name", name)
                .withAttribute("chain", "root")
                .plus(Element.of("uuid").withText(uuid));
        for (var entry : records.entrySet()) {
            filter = filter.plus(reference(entry.getKey(), entry.getValue()));
        }
        return filter;
    }

    private static Element reference(String name, LedgerRecord ledgerRecord) {
        var reference = Element.of("filterref")
                .withAttribute("filter", name)
                .plus(parameterElement(OWNER, withoutDashes(ledgerRecord.owner())));
        if (ledgerRecord.protect()) {
            reference = reference.plus(parameterElement(PROTECT, "yes"));
        }
        return reference.plus(parameterElement(UUID, withoutDashes(ledgerRecord.uuid())));
    }

    /** libvirt does not allow dashes in the value of a parameter. */
    private static String withoutDashes(String uuid) {
        return uuid.replace("-", "");
    }

    private static Element parameterElement(String name, String value) {
        return Element.of("parameter").withAttribute("name", name).withAttribute("value", value);
    }
}
