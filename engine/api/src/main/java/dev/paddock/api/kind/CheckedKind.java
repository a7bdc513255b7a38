package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * Checks of a kind beyond the types of its fields: of a spec, a document, or a name.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface CheckedKind {
    /** Return the kind's own implementation, or the defaults. */
    static CheckedKind of(Kind kind) {
        return kind instanceof CheckedKind able ? able : new CheckedKind() {};
    }

    /**
     * Return the errors in a spec that depend on more than one key, each with its position. The spec conforms to the
     * schema.
     */
    default List<Diagnostic> mistakes(Value.Mapping spec) {
        return List.of();
    }

    /** Return the errors in a complete document, whatever its origin. It contains what other resources contribute. */
    default List<Diagnostic> mistakes(LocatedResource resource) {
        return List.of();
    }

    /** Return the errors among all resources of this kind that are declared on one host, and are not to be absent. */
    default List<Diagnostic> conflicts(List<LocatedResource> resources) {
        return List.of();
    }

    /**
     * Return what a host lacks for a resource that is about to be created or changed there. What the host does not tell
     * is no error.
     *
     * @param observed the definition that the host has
     */
    default List<Diagnostic> misfits(LocatedResource resource, Optional<Element> observed, HostReader host) {
        return List.of();
    }

    /**
     * Return what a user should know about changes of an object that exists.
     *
     * @param place of the resource
     */
    default List<Diagnostic> remarks(ResourceId id, List<Change> changes, SourceLocation place) {
        return List.of();
    }

    /**
     * Return the errors in a document that depend on other resources. Asked of resources that a plan creates or
     * changes.
     */
    default List<Diagnostic> mistakes(ResourceId id, Element document, SourceLocation place, RelatedDocuments others) {
        return List.of();
    }

    /** Return what names must match beyond libvirt's own requirements. */
    default Optional<ScalarType> nameType() {
        return Optional.empty();
    }
}
