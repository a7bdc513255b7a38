package dev.paddock.core.bind;

/** What a change of a resource may interrupt: {@code on_change} in a playbook. */
public enum Allowed {
    LIVE,
    NEXT_BOOT,
    RESTART,
    REPLACE
}
