package dev.paddock.core.bind;

/** The costliest way in which a resource may be changed without asking: {@code on_change} in a playbook. */
public enum Allowed {
    LIVE,
    NEXT_BOOT,
    RESTART,
    REPLACE
}
