package dev.paddock.core.plan;

import java.util.Set;

/**
 * How to plan.
 *
 * @param adopt take over objects of the declared names that nobody or somebody else made
 * @param prune remove what this project made and declares no more
 * @param destroy remove what is declared
 * @param targets addresses; when there are any, only these and what they need
 * @param allowDataLoss plan also what loses data
 */
public record PlanOptions(boolean adopt, boolean prune, boolean destroy, Set<String> targets, boolean allowDataLoss) {
    /** Make options with which no data is lost. */
    public PlanOptions(boolean adopt, boolean prune, boolean destroy, Set<String> targets) {
        this(adopt, prune, destroy, targets, false);
    }

    public static final PlanOptions PLAIN = new PlanOptions(false, false, false, Set.of());
}
