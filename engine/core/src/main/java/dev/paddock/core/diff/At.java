package dev.paddock.core.diff;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where something stands. Its texts are put together when they are asked for, which is seldom. */
final class At {
    static final At ROOT = new At();

    private final @Nullable At above;
    private final Step step;
    private @Nullable String shown;
    private @Nullable String lasting;

    private At() {
        above = null;
        step = Step.of("");
        shown = "";
        lasting = "";
    }

    private At(At above, Step step) {
        this.above = above;
        this.step = step;
    }

    At below(Step next) {
        return new At(this, next);
    }

    /** Return the path for people, as short as is clear. */
    String shown() {
        if (shown == null) {
            shown = RuleBook.below(above == null ? "" : above.shown(), step.shown());
        }
        return shown;
    }

    /** Return the path by which it is known again when others of its name come and go. */
    String lasting() {
        if (lasting == null) {
            lasting = RuleBook.below(above == null ? "" : above.lasting(), step.lasting());
        }
        return lasting;
    }

    /** Return whether it is one of these, which are lasting. */
    boolean isIn(Set<String> paths) {
        return !paths.isEmpty() && paths.contains(lasting());
    }
}
