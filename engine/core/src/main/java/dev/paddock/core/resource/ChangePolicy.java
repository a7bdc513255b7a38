package dev.paddock.core.resource;

import dev.paddock.api.change.Cost;

/** The highest cost that a change of a resource may have: {@code on_change} in a playbook. */
public enum ChangePolicy {
    LIVE,
    NEXT_BOOT,
    RESTART,
    REPLACE;

    /** Return the policy that allows a cost, and nothing costlier. */
    public static ChangePolicy upTo(Cost cost) {
        return switch (cost) {
            case LIVE -> LIVE;
            case NEXT_BOOT -> NEXT_BOOT;
            case RESTART -> RESTART;
            // Only an option of the command line allows the loss of data, never a playbook.
            case REPLACE, LOSS -> REPLACE;
        };
    }
}
