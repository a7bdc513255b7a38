package dev.paddock.api.kind;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;

/** A kind whose resources contribute to the documents of others, such as VMs to their networks. */
public interface ContributorKind extends Kind {
    /**
     * Return whether an object may have contributed a part of another resource.
     *
     * @param document of the object on its host
     * @param part of the document of the other resource
     */
    boolean contributes(Element document, ResourceId to, Element part);
}
