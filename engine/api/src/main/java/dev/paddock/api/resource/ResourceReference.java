package dev.paddock.api.resource;

/**
 * A resource that another one needs.
 *
 * @param path where the document names it, as an XPath
 * @param required whether it must be declared or exist on the host; if not, it only comes first if declared
 * @param field where the playbook names it, as keys and indexes ({@link LocatedResource#at}); empty if that is unknown
 */
public record ResourceReference(ResourceId to, String path, boolean required, String field) {
    public ResourceReference(ResourceId to, String path) {
        this(to, path, true);
    }

    public ResourceReference(ResourceId to, String path, boolean required) {
        this(to, path, required, "");
    }

    public ResourceReference in(String newField) {
        return new ResourceReference(to, path, required, newField);
    }
}
