package dev.paddock.reach.matrix;

/**
 * Whether a frame gets to where it goes, and what decided that.
 *
 * @param cause what stopped it; of what passes, the last that let it pass
 */
public record ReachVerdict(boolean passes, VerdictCause cause) {}
