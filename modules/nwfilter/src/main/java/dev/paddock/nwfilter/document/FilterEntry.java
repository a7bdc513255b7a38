package dev.paddock.nwfilter.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entry of a filter: a rule, or a reference to another filter. */
public sealed interface FilterEntry {

    /** A rule. */
    record One(FilterRule rule) implements FilterEntry {}

    /**
     * Includes another filter here.
     *
     * @param number the position among the rules and references, from 1
     * @param parameters defaults for the variables, if the user of this filter gives none
     */
    record Reference(int number, String filter, Map<String, List<String>> parameters) implements FilterEntry {
        public Reference {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
