package dev.paddock.core.resource;

import dev.paddock.api.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Traffic that a playbook expects to pass or to be blocked.
 *
 * @param from the sender
 * @param to the receiver; absent for traffic without a particular one
 * @param parameters values for filter variables that no VM sets
 */
public record Expectation(
        InventoryHost host,
        SourceLocation place,
        String from,
        Optional<String> to,
        Map<String, String> parameters,
        List<String> allow,
        List<String> deny) {
    public Expectation {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
