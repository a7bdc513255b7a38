package dev.paddock.testkit.generate;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;

/**
 * A resource of a state that is asked for.
 *
 * @param autostart whether it says so; a filter has none
 */
public record DesiredEntry(ResourceId id, Element document, boolean active, boolean autostart) {
    /** Return the names of the filters that it refers to. */
    List<String> references() {
        return document.children("filterref").stream()
                .flatMap(reference -> reference.attribute("filter").stream())
                .toList();
    }

    DesiredEntry with(Element newDocument) {
        return new DesiredEntry(id, newDocument, active, autostart);
    }
}
