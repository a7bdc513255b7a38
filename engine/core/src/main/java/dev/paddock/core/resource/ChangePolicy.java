package dev.paddock.core.resource;

import dev.paddock.api.change.Cost;

/** The costliest way in which a resource may be changed without asking: {@code on_change} in a playbook. */
public enum ChangePolicy {
    LIVE,
    NEXT_BOOT,
    RESTART,
    REPLACE;

    /** Return what allows a cost, and nothing costlier. */
    public static ChangePolicy upTo(Cost cost) {
        return switch (cost) {
            case LIVE -> LIVE;
            case NEXT_BOOT -> NEXT_BOOT;
            case RESTART -> RESTART;
            // Data is given up with an option of the command line, never by a document.
            case REPLACE, LOSS -> REPLACE;
        };
    }
}
