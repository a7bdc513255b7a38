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
     * Return whether its objects are shared: created where they are missing, and never changed or removed by a playbook.
     * The name of one says all about it, so two of the same name are the same.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Return whether its objects are data. Such an object has no owner mark and belongs to each playbook that declares it;
     * it is never pruned, and is deleted only with consent, while nothing uses it.
     */
    default boolean holdsData() {
        return false;
    }

    /**
     * Return the document with the owner mark of data that was created because it was declared. Only such data is pruned,
     * and only with consent.
     */
    default Optional<Element> owner(Element document) {
        return Optional.empty();
    }
}
