package dev.paddock.api.rule;

/**
 * Decides whether an observed value satisfies a declared one, where equality of canonical forms is not enough: for
 * example a name that libvirt replaces by one of several possible values.
 *
 * <p>Both values are canonical. A value that matches is left as observed when the rest of the document changes.
 */
@FunctionalInterface
public interface ValueMatcher {
    /** Requires equal values. */
    ValueMatcher EQUAL = String::equals;

    boolean holds(String declared, String observed);
}
