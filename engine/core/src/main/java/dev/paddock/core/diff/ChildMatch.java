package dev.paddock.core.diff;

import java.util.Optional;

/**
 * Two children that are the same element, or one that has no other.
 *
 * @param moved whether they stand in different places of a sequence
 */
record ChildMatch(Optional<ChildElement> desired, Optional<ChildElement> observed, boolean moved) {}
