package dev.paddock.core.plan;

import java.util.Set;

/**
 * The options of a plan.
 *
 * @param adopt adopt objects of the declared names that the project does not own
 * @param prune remove objects of the projects that are no longer declared
 * @param destroy remove what is declared
 * @param targets addresses; if there are any, plan only these and what they need
 * @param allowDataLoss allow changes that lose data
 * @param incomplete kinds of which resources are missing because of errors, so that a reference to them may be right
 */
public record PlanOptions(
        boolean adopt,
        boolean prune,
        boolean destroy,
        Set<String> targets,
        boolean allowDataLoss,
        Set<String> incomplete) {
    public PlanOptions(boolean adopt, boolean prune, boolean destroy, Set<String> targets, boolean allowDataLoss) {
        this(adopt, prune, destroy, targets, allowDataLoss, Set.of());
    }

    /** Return the options for playbooks with errors. */
    public PlanOptions without(Set<String> kinds) {
        return new PlanOptions(adopt, prune, destroy, targets, allowDataLoss, kinds);
    }

    /** Create options that do not allow the loss of data. */
    public PlanOptions(boolean adopt, boolean prune, boolean destroy, Set<String> targets) {
        this(adopt, prune, destroy, targets, false);
    }

    public static final PlanOptions PLAIN = new PlanOptions(false, false, false, Set.of());
}
