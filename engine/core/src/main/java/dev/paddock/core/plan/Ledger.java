package dev.paddock.core.plan;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.rule.Canons;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was adopted of a kind that keeps no metadata: a filter that is bound to nothing and names each adopted filter
 * and its UUID as a reference with a parameter.
 *
 * @param adopted the UUID by the name of the filter
 */
record Ledger(Map<String, String> adopted) {
    static final ResourceId ID = new ResourceId("nwfilter", "paddock-ledger");
    private static final String PARAMETER = "ADOPTED_UUID";

    Ledger {
        adopted = Collections.unmodifiableMap(new TreeMap<>(adopted));
    }

    static Ledger of(Element filter) {
        Map<String, String> adopted = new TreeMap<>();
        for (var reference : filter.children("filterref")) {
            var name = reference.attribute("filter");
            reference.children("parameter").stream()
                    .filter(parameter -> parameter.attribute("name").orElse("").equals(PARAMETER))
                    .findFirst()
                    .flatMap(parameter -> parameter.attribute("value"))
                    .ifPresent(uuid -> name.ifPresent(present -> adopted.put(present, Canons.UUID.apply(uuid))));
        }
        return new Ledger(adopted);
    }

    boolean holds(ResourceId id, String uuid) {
        return id.kind().equals(ID.kind()) && uuid.equals(adopted.get(id.name()));
    }

    String xml(String uuid) {
        var filter = Element.of("filter")
                .withAttribute("name", ID.name())
                .withAttribute("chain", "root")
                .plus(Element.of("uuid").withText(uuid));
        for (var entry : adopted.entrySet()) {
            filter = filter.plus(Element.of("filterref")
                    .withAttribute("filter", entry.getKey())
                    .plus(Element.of("parameter")
                            .withAttribute("name", PARAMETER)
                            .withAttribute("value", entry.getValue().replace("-", ""))));
        }
        return XmlWriting.write(filter);
    }
}
