package dev.paddock.nwfilter.protocol;

/**
 * The use of a variable in a rule.
 *
 * @param iterates whether each value is used in turn; otherwise only the one at {@code number}
 * @param number the iterator, or the index from 0
 */
public record VariableUse(String name, boolean iterates, int number) {}
