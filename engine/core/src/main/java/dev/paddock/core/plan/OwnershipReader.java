package dev.paddock.core.plan;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.observe.Observation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads which project owns the objects of a host, without a playbook. */
public final class OwnershipReader {
    private final Observation observation;
    private final Ownership ownership;

    /** @param reader is called once for each object */
    public OwnershipReader(HostReader reader, List<Kind> kinds) {
        this.observation = new Observation(reader);
        this.ownership =
                new Ownership(observation, kinds.stream().collect(Collectors.toMap(Kind::name, Function.identity())));
    }

    /** Return a reader that has read all objects of a kind, and calls the host reader no more for them. */
    public static OwnershipReader ofAll(String kind, HostReader reader, List<Kind> kinds) {
        var owners = new OwnershipReader(reader, kinds);
        owners.observation.all(kind);
        owners.ownership.ledgerId().ifPresent(owners.observation::of);
        return owners;
    }

    /** Return whether a project made or adopted the object with this ID. */
    public boolean isOf(String project, ResourceId id) {
        return observation.of(id) instanceof Observed.Present present && ownership.isMarked(project, id, present);
    }

    public Observed of(ResourceId id) {
        return observation.of(id);
    }

    /** Return all objects of a kind, by name. */
    public Map<String, Observed> all(String kind) {
        return observation.all(kind);
    }
}
