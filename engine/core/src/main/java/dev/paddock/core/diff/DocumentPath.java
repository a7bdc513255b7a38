package dev.paddock.core.diff;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where something stands. Its texts are put together when they are asked for, which is seldom. */
final class DocumentPath {
    static final DocumentPath ROOT = new DocumentPath();

    private final @Nullable DocumentPath above;
    private final PathStep step;
    private @Nullable String shown;
    private @Nullable String lasting;

    private DocumentPath() {
        above = null;
        step = PathStep.of("");
        shown = "";
        lasting = "";
    }

    private DocumentPath(DocumentPath above, PathStep step) {
        this.above = above;
        this.step = step;
    }

    DocumentPath below(PathStep next) {
        return new DocumentPath(this, next);
    }

    /** Return the path for people, as short as is clear. */
    String shown() {
        if (shown == null) {
            shown = RuleIndex.below(above == null ? "" : above.shown(), step.shown());
        }
        return shown;
    }

    /** Return the path by which it is known again when others of its name come and go. */
    String lasting() {
        if (lasting == null) {
            lasting = RuleIndex.below(above == null ? "" : above.lasting(), step.lasting());
        }
        return lasting;
    }

    /** Return whether it is one of these, which are lasting. */
    boolean isIn(Set<String> paths) {
        return !paths.isEmpty() && paths.contains(lasting());
    }
}
