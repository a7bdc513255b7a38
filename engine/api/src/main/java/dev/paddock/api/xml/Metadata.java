package dev.paddock.api.xml;

import java.util.Optional;
import java.util.stream.Stream;

/** What other programs keep in libvirt's documents, each in its own namespace (libvirt's "General metadata"). */
public final class Metadata {
    private Metadata() {}

    /** Return all elements in the metadata of a document. */
    public static Stream<Element> all(Element document) {
        return document.children("metadata").stream().flatMap(metadata -> metadata.children().stream());
    }

    /** Return the first element with that name in the metadata of a document. */
    public static Optional<Element> of(Element document, String space, String local) {
        return all(document)
                .filter(child -> child.name().space().equals(space)
                        && child.name().local().equals(local))
                .findFirst();
    }
}
