package dev.paddock.api.resource;

/**
 * A resource that another needs.
 *
 * @param path where in the document it is named, as an XPath
 * @param required whether it has to be declared or on the host; else it only comes first where it is declared
 */
public record ResourceReference(ResourceId to, String path, boolean required) {
    public ResourceReference(ResourceId to, String path) {
        this(to, path, true);
    }
}
