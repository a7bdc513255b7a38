package dev.paddock.reach.matrix;

import dev.paddock.api.diagnostic.Code;

/**
 * Something about a filter that its author may not know.
 *
 * @param rule the number of the rule or reference that it is about; 0 for the filter
 */
public record PolicyHint(Code code, String filter, int rule, String detail, String fix) {}
