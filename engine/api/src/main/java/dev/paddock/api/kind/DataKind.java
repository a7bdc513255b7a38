package dev.paddock.api.kind;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A kind whose objects are data, or are shared by all who declare them.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface DataKind {
    /** Return the kind's own implementation, or the defaults. */
    static DataKind of(Kind kind) {
        return kind instanceof DataKind able ? able : new DataKind() {};
    }

    /**
     * Return whether its objects are shared: created if missing, but never changed or deleted by a playbook. The name
     * determines the content, so objects of the same name are equal.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Return whether its objects are data. Such an object has no owner mark and belongs to every playbook that declares
     * it. It is never pruned, and is deleted only with consent and while unused.
     */
    default boolean holdsData() {
        return false;
    }

    /**
     * Return the document with the owner mark for data that was created because it was declared. Only such data is
     * pruned, and only with consent.
     */
    default Optional<Element> owner(Element document) {
        return Optional.empty();
    }
}
