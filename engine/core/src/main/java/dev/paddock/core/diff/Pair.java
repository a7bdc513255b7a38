package dev.paddock.core.diff;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * Two elements that are the same element of two documents, or one that has no other.
 *
 * @param step the XPath step that leads to it
 * @param lasting the step that leads to it however many others there are, now or later
 * @param moved whether the two stand in different places of a sequence
 */
record Pair(Optional<Element> desired, Optional<Element> observed, String step, String lasting, boolean moved) {
    /** Return the one there is, the declared one first. */
    Element either() {
        return desired.or(() -> observed).orElseThrow();
    }
}
