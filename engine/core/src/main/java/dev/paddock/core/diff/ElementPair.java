package dev.paddock.core.diff;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * Two elements that are the same element of two documents, or one that has no other.
 *
 * @param step leads to it
 * @param moved whether the two stand in different places of a sequence
 */
record ElementPair(Optional<Element> desired, Optional<Element> observed, PathStep step, boolean moved) {
    /** Return the one there is, the declared one first. */
    Element either() {
        return desired.isPresent() ? desired.get() : observed.orElseThrow();
    }
}
