package dev.paddock.nwfilter.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in a filter: a rule, or a reference to another filter. */
public sealed interface FilterEntry {

    /** A rule. */
    record One(FilterRule rule) implements FilterEntry {}

    /**
     * All of another filter in this place.
     *
     * @param number its place among the rules and references, from 1
     * @param parameters values for its variables, where whoever uses this filter gives none
     */
    record Reference(int number, String filter, Map<String, List<String>> parameters) implements FilterEntry {
        public Reference {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
