package dev.paddock.api.kind;

import dev.paddock.api.host.NameResolver;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a resource can see of its play while its shorthand is expanded.
 *
 * @param project the owner of the resource
 * @param uuid the UUID that the resource has, or will get when created
 * @param names the resolver for names of hosts; answers each name the same throughout a run
 * @param declared the spec that the play declares for another resource on this host, in the form that the schema check
 *     returns
 */
public record ExpansionContext(
        String project, String uuid, NameResolver names, Function<ResourceId, Optional<Value.Mapping>> declared) {}
