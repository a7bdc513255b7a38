package dev.paddock.api.resource;

/** The state that is asked of a resource. */
public enum DesiredState {
    ACTIVE,
    /** Active, with its processors stopped. */
    PAUSED,
    INACTIVE,
    ABSENT
}
