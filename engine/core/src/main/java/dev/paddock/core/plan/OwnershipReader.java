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

/** Tells whose the objects of a host are, for whoever has no playbook at hand. */
public final class OwnershipReader {
    private final Observation observation;
    private final Ownership ownership;

    /** @param reader is asked once for each object */
    public OwnershipReader(HostReader reader, List<Kind> kinds) {
        this.observation = new Observation(reader);
        this.ownership =
                new Ownership(observation, kinds.stream().collect(Collectors.toMap(Kind::name, Function.identity())));
    }

    /** Read all objects of a kind, so that telling of them asks the reader no more. */
    public static OwnershipReader ofAll(String kind, HostReader reader, List<Kind> kinds) {
        var belonging = new OwnershipReader(reader, kinds);
        belonging.observation.all(kind);
        belonging.observation.of(Ledger.ID);
        return belonging;
    }

    /** Return whether a project made or adopted the object that the host has of this name. */
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
