package dev.paddock.api.kind;

import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A kind whose resources can be declared in shorthand, which expands to more fields, or to other resources.
 *
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface ShorthandKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static ShorthandKind of(Kind kind) {
        return kind instanceof ShorthandKind able ? able : new ShorthandKind() {};
    }

    /**
     * Return the key of a play's list of named templates, from which resources of this kind can be made, as may those of
     * other kinds; absent where there is none. There {@code template} names one of them, and a Freemarker template of
     * one's own stands below the name of the root element.
     */
    default Optional<String> templates() {
        return Optional.empty();
    }

    /**
     * Return what the short words of a resource stand for. The spec satisfies the schema, has no mistakes, and has its
     * {@code name}.
     */
    default Expansion expand(Value.Mapping spec, ExpansionContext surroundings) {
        return Expansion.none(spec);
    }

    /**
     * Return the document with what another resource adds to it; absent where it has no place for it.
     *
     * @param part as that resource's kind made it
     */
    default Optional<Element> with(Element document, Element part) {
        return Optional.empty();
    }
}
