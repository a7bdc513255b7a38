package dev.paddock.api.rule;

/**
 * Tells whether an observed value is what a declared one asks for, where that takes more than one canonical form: a name
 * that libvirt replaces by one of the several it may stand for.
 *
 * <p>Both are canonical. What matches is left as observed when something else of the document is changed.
 */
@FunctionalInterface
public interface ValueMatcher {
    /** Values match when they are equal. */
    ValueMatcher EQUAL = String::equals;

    boolean holds(String declared, String observed);
}
