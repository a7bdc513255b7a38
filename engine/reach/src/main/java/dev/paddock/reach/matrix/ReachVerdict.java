package dev.paddock.reach.matrix;

/**
 * Whether a frame arrives, and the cause.
 *
 * @param cause what stopped the frame, or the last that passed it
 */
public record ReachVerdict(boolean passes, VerdictCause cause) {}
