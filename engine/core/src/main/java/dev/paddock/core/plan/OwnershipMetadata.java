package dev.paddock.core.plan;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import dev.paddock.api.xml.XmlName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mark in the metadata of an object: its owner, and what the object itself does not show of its declaration.
 *
 * @param project the project that owns it
 * @param protect whether the object is kept when it is no longer declared
 * @param declared the declared paths that libvirt may also fill in
 */
public record OwnershipMetadata(String project, boolean protect, List<String> declared) {
    private static final String SPACE = "https://paddock.dev/xmlns/libvirt/1";
    private static final XmlName RESOURCE = new XmlName(SPACE, "resource", "paddock");
    private static final XmlName DECLARED = new XmlName(SPACE, "declared", "paddock");

    public OwnershipMetadata {
        declared = List.copyOf(declared);
    }

    /** Return the mark of a document, if it has one. */
    public static Optional<OwnershipMetadata> of(Element document) {
        return Metadata.of(document, SPACE, RESOURCE.local()).map(OwnershipMetadata::read);
    }

    /** Return the document without a mark. */
    public static Element strip(Element document) {
        var metadata = document.child("metadata");
        if (metadata.isEmpty() || of(document).isEmpty()) {
            return document;
        }
        var others = metadata.get().children().stream()
                .filter(child -> !child.name().equals(RESOURCE))
                .toList();
        return others.isEmpty()
                ? document.withoutChildren("metadata")
                : document.withChild(metadata.get().withChildren(others));
    }

    /** Return the document with this mark, and no other. */
    public Element on(Element document) {
        var clean = strip(document);
        var metadata = clean.child("metadata").orElse(Element.of("metadata"));
        return clean.withChild(metadata.plus(written()));
    }

    private static OwnershipMetadata read(Element element) {
        return new OwnershipMetadata(
                element.attribute("project").orElse(""),
                element.attribute("protect").orElse("no").equals("yes"),
                element.children().stream()
                        .filter(child -> child.name().equals(DECLARED))
                        .map(child -> child.attribute("path").orElse(""))
                        .toList());
    }

    private Element written() {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        attributes.put(XmlName.of("project"), project);
        if (protect) {
            attributes.put(XmlName.of("protect"), "yes");
        }
        var paths = declared.stream()
                .map(path -> new Element(DECLARED, Map.of(XmlName.of("path"), path), List.of(), ""))
                .toList();
        return new Element(RESOURCE, attributes, paths, "");
    }
}
