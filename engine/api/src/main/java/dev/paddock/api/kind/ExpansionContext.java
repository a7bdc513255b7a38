package dev.paddock.api.kind;

import dev.paddock.api.host.NameResolver;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a resource can see of its play when its words are expanded.
 *
 * @param project whose resource it is
 * @param uuid the identity that the resource has, or will have when it is made
 * @param names who tells the addresses of hosts, to each name one answer in a run
 * @param declared what the play says on this host of another resource, in the form that the schema check gives it
 */
public record ExpansionContext(
        String project, String uuid, NameResolver names, Function<ResourceId, Optional<Value.Mapping>> declared) {}
