package dev.paddock.testkit.memory;

import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;
import java.util.ArrayList;

/** What virDomainSetMetadata and virNetworkSetMetadata make of a document. */
final class Described {
    private Described() {}

    static Element by(Action.SetMetadata set, Element document) {
        return switch (set.what()) {
            case TITLE -> text(set, "title", document);
            case DESCRIPTION -> text(set, "description", document);
            case ELEMENT -> element(set, document);
        };
    }

    private static Element text(Action.SetMetadata set, String tag, Element document) {
        return set.text()
                .map(text -> document.withChild(Element.of(tag).withText(text)))
                .orElse(document.withoutChildren(tag));
    }

    private static Element element(Action.SetMetadata set, Element document) {
        var metadata = document.child("metadata").orElse(Element.of("metadata"));
        var elements = new ArrayList<>(metadata.children());
        elements.removeIf(child -> child.name().space().equals(set.space().orElseThrow()));
        set.text().map(Described::parsed).ifPresent(elements::add);
        return elements.isEmpty()
                ? document.withoutChildren("metadata")
                : document.withChild(metadata.withChildren(elements));
    }

    private static Element parsed(String xml) {
        try {
            return XmlReading.read(xml);
        } catch (XmlException malformed) {
            throw Refusal.MALFORMED.of(Refusal.NETWORK, "(metadata_xml): " + malformed.getMessage());
        }
    }
}
