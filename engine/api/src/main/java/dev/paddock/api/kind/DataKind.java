package dev.paddock.api.kind;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A kind whose objects are data, or are shared by everybody who declares them.
 *
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface DataKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static DataKind of(Kind kind) {
        return kind instanceof DataKind able ? able : new DataKind() {};
    }

    /**
     * Return whether its objects are everybody's: made where they are missing, never changed, and never removed by a
     * playbook. What is said of one is all in its name, so two of the same name are the same.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Return whether its objects are somebody's data. Such an object bears nobody's mark and belongs to whoever declares
     * it; it is never pruned, and goes only with consent, while nothing uses it.
     */
    default boolean holdsData() {
        return false;
    }

    /**
     * Return the document that bears the mark of whose some data is, where it was made because it was declared. Only
     * such data is pruned, and with consent alone.
     */
    default Optional<Element> owner(Element document) {
        return Optional.empty();
    }
}
