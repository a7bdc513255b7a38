package dev.paddock.core.diff;

import java.util.Set;

/**
 * Where something stands.
 *
 * @param shown the path for people, as short as is clear
 * @param lasting the path by which it is known again when others of its name come and go
 */
record At(String shown, String lasting) {
    static final At ROOT = new At("", "");

    At below(String step) {
        return below(step, step);
    }

    At below(String shownStep, String lastingStep) {
        return new At(RuleBook.below(shown, shownStep), RuleBook.below(lasting, lastingStep));
    }

    boolean isIn(Set<String> paths) {
        return paths.contains(lasting) || paths.contains(shown);
    }
}
