package dev.paddock.reach.matrix;

import dev.paddock.api.diagnostic.Code;

/**
 * A fact about a filter that its author may not know.
 *
 * @param rule the number of the rule or reference in question; 0 for the whole filter
 */
public record PolicyHint(Code code, String filter, int rule, String detail, String fix) {}
