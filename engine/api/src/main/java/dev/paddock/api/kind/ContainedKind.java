package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * A kind whose objects are inside objects of another kind, contain such objects, or occupy further names.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface ContainedKind {
    /** Return the kind's own implementation, or the defaults. */
    static ContainedKind of(Kind kind) {
        return kind instanceof ContainedKind able ? able : new ContainedKind() {};
    }

    /**
     * Return the key that names the container, for kinds whose objects are named within another: a volume's
     * {@code pool}. The name of such a resource is the container's name, a slash, and its own.
     */
    default Optional<String> within() {
        return Optional.empty();
    }

    /** Return the name of a resource's object on the host, where it differs from the resource's name. */
    default String objectName(String name, Element document) {
        return name;
    }

    /**
     * Return the names that the object occupies among objects with the same root: its own, and those of objects made
     * from it.
     */
    default List<String> names(ResourceId id, Element document) {
        return List.of(id.name());
    }

    /** Return whether a change takes the container to another place, which contains other objects. */
    default boolean moves(Change change) {
        return false;
    }

    /** Return the kinds whose objects are inside objects of this kind and are deleted with them: snapshots of a VM. */
    default List<String> holds() {
        return List.of();
    }
}
