package dev.paddock.core.plan;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.observe.Observation;
import dev.paddock.core.resource.DeclaredResource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which project owns the objects of a host, without a playbook. */
public final class OwnershipReader {
    private final Observation observation;
    private final List<Kind> kinds;
    private final Ownership ownership;

    /** @param reader is called once for each object */
    public OwnershipReader(HostReader reader, List<Kind> kinds) {
        this.observation = new Observation(reader);
        this.kinds = List.copyOf(kinds);
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

    /**
     * Return the project that made or adopted the object with this ID. Without metadata of its own, an object shows it
     * only if the project also has one with metadata on this host, or is the default.
     */
    public Optional<String> project(ResourceId id) {
        if (!(observation.of(id) instanceof Observed.Present present)) {
            return Optional.empty();
        }
        return OwnershipMetadata.of(present.defined())
                .map(OwnershipMetadata::project)
                .or(() -> projects().stream()
                        .filter(project -> ownership.isMarked(project, id, present))
                        .findFirst());
    }

    private Set<String> projects() {
        Set<String> projects = new LinkedHashSet<>(List.of(DeclaredResource.DEFAULT_PROJECT));
        kinds.stream()
                .filter(Kind::keepsMetadata)
                .flatMap(kind -> all(kind.name()).values().stream())
                .flatMap(observed -> observed instanceof Observed.Present present
                        ? OwnershipMetadata.of(present.defined()).stream()
                        : Stream.empty())
                .map(OwnershipMetadata::project)
                .forEach(projects::add);
        return projects;
    }

    /** Return whether an object was protected when it was last applied. */
    public boolean isProtected(ResourceId id) {
        return observation.of(id) instanceof Observed.Present present && ownership.isProtected(id, present);
    }

    /** Return whether an object only carries the records of Paddock. */
    public boolean isLedger(ResourceId id) {
        return ownership.ledgerId().filter(id::equals).isPresent();
    }

    public Observed of(ResourceId id) {
        return observation.of(id);
    }

    /** Return all objects of a kind, by name. */
    public Map<String, Observed> all(String kind) {
        return observation.all(kind);
    }
}
