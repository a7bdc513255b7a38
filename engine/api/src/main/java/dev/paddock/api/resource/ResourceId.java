package dev.paddock.api.resource;

/**
 * The identity of a resource on a host.
 *
 * @param kind the singular name of its kind: {@code network}
 * @param name its name in libvirt
 */
public record ResourceId(String kind, String name) implements Comparable<ResourceId> {
    @Override
    public int compareTo(ResourceId other) {
        var byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    /** Return the address, as printed in plans and accepted by {@code --target}: {@code network/agents}. */
    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
