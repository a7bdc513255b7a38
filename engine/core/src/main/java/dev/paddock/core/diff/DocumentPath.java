package dev.paddock.core.diff;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path in a document. Its texts are built on demand, which is seldom. */
final class DocumentPath {
    static final DocumentPath ROOT = new DocumentPath();

    private final @Nullable DocumentPath parent;
    private final PathStep step;
    private @Nullable String shown;
    private @Nullable String stable;

    private DocumentPath() {
        parent = null;
        step = PathStep.of("");
        shown = "";
        stable = "";
    }

    private DocumentPath(DocumentPath parent, PathStep step) {
        this.parent = parent;
        this.step = step;
    }

    DocumentPath below(PathStep next) {
        return new DocumentPath(this, next);
    }

    /** Return the path as it is shown to users, as short as is unambiguous. */
    String shown() {
        if (shown == null) {
            shown = RuleIndex.below(parent == null ? "" : parent.shown(), step.shown());
        }
        return shown;
    }

    /** Return the path that identifies the same element when others of its name come and go. */
    String stable() {
        if (stable == null) {
            stable = RuleIndex.below(parent == null ? "" : parent.stable(), step.stable());
        }
        return stable;
    }

    /** Return whether this path is one of these stable paths. */
    boolean isIn(Set<String> paths) {
        return !paths.isEmpty() && paths.contains(stable());
    }
}
