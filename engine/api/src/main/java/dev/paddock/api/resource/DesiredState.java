package dev.paddock.api.resource;

/** The declared state of a resource. */
public enum DesiredState {
    ACTIVE,
    /** Active, with its processors stopped. */
    PAUSED,
    INACTIVE,
    ABSENT
}
