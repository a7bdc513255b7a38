package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads parts of documents as libvirt does: empty text counts as absent. */
public final class ElementReader {
    private ElementReader() {}

    static boolean hasText(Element element) {
        return !element.text().isEmpty();
    }

    public static Optional<String> text(Element parent, String child) {
        return parent.child(child).map(Element::text).filter(text -> !text.isEmpty());
    }

    public static Optional<String> attribute(Element parent, String child, String attribute) {
        return parent.child(child)
                .flatMap(element -> element.attribute(attribute))
                .filter(text -> !text.isEmpty());
    }

    /** Return the element with only these attributes. */
    public static Element only(Element element, String... attributes) {
        Map<XmlName, String> kept = new LinkedHashMap<>();
        for (var name : attributes) {
            element.attribute(name).ifPresent(value -> kept.put(XmlName.of(name), value));
        }
        return Element.of(element.name().local()).withAttributes(kept);
    }

    public static Optional<Element> unlessEmpty(Element element) {
        return element.children().isEmpty()
                        && element.attributes().isEmpty()
                        && element.text().isEmpty()
                ? Optional.empty()
                : Optional.of(element);
    }
}
