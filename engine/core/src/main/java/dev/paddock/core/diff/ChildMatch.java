package dev.paddock.core.diff;

import java.util.Optional;

/**
 * A matched pair of children, or a child without a counterpart.
 *
 * @param moved whether they have different positions in a sequence
 */
record ChildMatch(Optional<ChildElement> desired, Optional<ChildElement> observed, boolean moved) {}
