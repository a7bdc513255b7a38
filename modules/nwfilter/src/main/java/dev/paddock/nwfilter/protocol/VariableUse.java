package dev.paddock.nwfilter.protocol;

/**
 * A variable where a rule uses it.
 *
 * @param iterates whether each value is taken in turn; else the one at {@code number}
 * @param number the iterator, or the index from 0
 */
public record VariableUse(String name, boolean iterates, int number) {}
