package dev.paddock.api.kind;

import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * A kind whose resources can be declared in shorthand, which expands to more fields, or to other resources.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface ShorthandKind {
    /** Return the kind's own implementation, or the defaults. */
    static ShorthandKind of(Kind kind) {
        return kind instanceof ShorthandKind able ? able : new ShorthandKind() {};
    }

    /**
     * Return the key of a play's list of named templates for resources of this kind, possibly shared with other kinds;
     * absent if there is none. With it, {@code template} names one of them, and a custom Freemarker template is given
     * under the name of the root element.
     */
    default Optional<String> templates() {
        return Optional.empty();
    }

    /**
     * Return what the shorthand of a resource expands to. The spec conforms to the schema, has no errors, and has its
     * {@code name}.
     */
    default Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        return Expansion.none(spec);
    }

    /**
     * Return the document with the contribution of another resource; absent if it has no place for it.
     *
     * @param part as created by the kind of that resource
     */
    default Optional<Element> with(Element document, Element part) {
        return Optional.empty();
    }

    /** Return the parts of a document that may be contributions of other resources, as {@link #with} takes them. */
    default List<Element> parts(Element document) {
        return List.of();
    }

    /** Return why the document has no place for the contribution, as a sentence; absent if that is unknown. */
    default Optional<String> obstacle(Element document, Element part) {
        return Optional.empty();
    }
}
