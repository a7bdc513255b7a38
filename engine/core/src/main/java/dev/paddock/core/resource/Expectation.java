package dev.paddock.core.resource;

import dev.paddock.api.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a playbook says shall pass, or not.
 *
 * @param from who speaks
 * @param to to whom; absent where what is named goes to nobody in particular
 * @param parameters values for the variables of a filter that no guest gives
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
