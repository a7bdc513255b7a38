package dev.paddock.api.resource;

/**
 * The identity of a resource on a host.
 *
 * @param kind the singular name of its kind: {@code network}
 * @param name libvirt's name of it
 */
public record ResourceId(String kind, String name) implements Comparable<ResourceId> {
    @Override
    public int compareTo(ResourceId other) {
        var byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    /** Return the address, as plans print it and {@code --target} takes it: {@code network/agents}. */
    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
