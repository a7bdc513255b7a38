package dev.paddock.core.diff;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A matched pair of elements of two documents, or an element without a counterpart.
 *
 * @param step the XPath step to the element
 * @param moved whether the two have different positions in a sequence
 */
record ElementPair(Optional<Element> desired, Optional<Element> observed, PathStep step, boolean moved) {
    /** Return the declared element if there is one, else the observed one. */
    Element either() {
        return desired.isPresent() ? desired.get() : observed.orElseThrow();
    }
}
