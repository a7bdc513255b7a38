package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Place;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.State;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/**
 * One resource of a playbook, bound, on one host.
 *
 * @param project the name under which this playbook owns what it makes
 * @param document what was declared, with its name, and without any identity that was not
 * @param uuid the UUID that was declared
 */
public record Declared(
        Kind kind,
        ResourceId id,
        Target host,
        String project,
        Place place,
        Element document,
        State state,
        Optional<Boolean> autostart,
        boolean protect,
        Allowed onChange,
        List<String> tags,
        Optional<String> uuid) {}
