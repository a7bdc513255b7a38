package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * Checks of a kind beyond the types of its fields: of a whole spec, a whole document, or a name.
 *
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface CheckedKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static CheckedKind of(Kind kind) {
        return kind instanceof CheckedKind able ? able : new CheckedKind() {};
    }

    /**
     * Return the mistakes of a spec that take more than one key to see, each at its place. The spec satisfies the
     * schema.
     */
    default List<Diagnostic> mistakes(Value.Mapping spec) {
        return List.of();
    }

    /**
     * Return what is wrong with a whole document, whoever made it.
     *
     * @param place of the resource
     */
    default List<Diagnostic> mistakes(Element document, SourceLocation place) {
        return List.of();
    }

    /** Return what a name has to be, beyond what libvirt asks of all names. */
    default Optional<ScalarType> nameType() {
        return Optional.empty();
    }
}
