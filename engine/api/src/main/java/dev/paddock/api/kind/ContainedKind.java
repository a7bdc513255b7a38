package dev.paddock.api.kind;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * A kind whose objects are within those of another, contain those of another, or occupy more names than their own.
 *
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface ContainedKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static ContainedKind of(Kind kind) {
        return kind instanceof ContainedKind able ? able : new ContainedKind() {};
    }

    /**
     * Return the key of a play's item that names the object which contains this kind's, where they are named within
     * another: a volume's {@code pool}. The name of such a resource is the container's, a slash, and its own.
     */
    default Optional<String> within() {
        return Optional.empty();
    }

    /** Return the name that the object of a resource has on a host, where that says more than the resource's own. */
    default String objectName(String name, Element document) {
        return name;
    }

    /**
     * Return the names that libvirt cannot give to anything else of the same root: its own, and those of what is made
     * from it.
     */
    default List<String> names(ResourceId id, Element document) {
        return List.of(id.name());
    }

    /**
     * Return the kinds whose objects are within those of this one, and go with it: snapshots with a guest.
     */
    default List<String> holds() {
        return List.of();
    }
}
