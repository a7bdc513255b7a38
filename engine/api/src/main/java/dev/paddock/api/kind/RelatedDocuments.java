package dev.paddock.api.kind;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;

/** The documents of other resources of a host: declared, or else as the host has them. */
public interface RelatedDocuments {
    /** Return the document of one resource; empty if it is neither declared nor on the host. */
    Optional<Element> of(ResourceId id);

    /** Return the declared documents of a kind, by resource. */
    Map<ResourceId, Element> declared(String kind);

    /** Return the documents of all objects of a kind that the host has. */
    Map<ResourceId, Element> observed(String kind);
}
