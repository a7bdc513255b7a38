package dev.paddock.api.resource;

/**
 * A resource that another one needs.
 *
 * @param path where the document names it, as an XPath
 * @param required whether it must be declared or exist on the host; if not, it only comes first if declared
 */
public record ResourceReference(ResourceId to, String path, boolean required) {
    public ResourceReference(ResourceId to, String path) {
        this(to, path, true);
    }
}
