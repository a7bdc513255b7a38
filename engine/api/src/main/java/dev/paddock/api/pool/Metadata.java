package dev.paddock.api.pool;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Elements of ours in the metadata of domains. */
final class Metadata {
    private static final String METADATA = "metadata";
    private static final String PREFIX = "pool";

    private Metadata() {}

    static Optional<Element> of(Element domain, String space, String local) {
        return domain.children(METADATA).stream()
                .flatMap(metadata -> metadata.children().stream())
                .filter(child -> isOf(child, space, local))
                .findFirst();
    }

    static Element element(String space, String local, Map<String, String> attributes) {
        Map<Name, String> named = new LinkedHashMap<>();
        attributes.forEach((name, value) -> named.put(Name.of(name), value));
        return new Element(new Name(space, local, PREFIX), named, List.of(), "");
    }

    /** Return the domain with an element in the place of all that is in its metadata. */
    static Element only(Element domain, Element element) {
        List<Element> children = new ArrayList<>();
        domain.children().forEach(child -> {
            if (!child.is(METADATA)) {
                children.add(child);
            }
        });
        children.add(Element.of(METADATA).withChildren(List.of(element)));
        return domain.withChildren(children);
    }

    private static boolean isOf(Element element, String space, String local) {
        return element.name().space().equals(space) && element.name().local().equals(local);
    }
}
