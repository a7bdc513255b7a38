package dev.paddock.core.describe;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.core.plan.OwnershipReader;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.ResourceUuid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Describes the objects of a host as plays, one for each project, because a plan touches only what its project owns.
 *
 * @param plays of a playbook
 * @param problems what the plays do not say
 */
public record HostDescription(List<Map<String, Object>> plays, List<Diagnostic> problems) {
    private static final String UUID = "uuid";

    public HostDescription {
        plays = List.copyOf(plays);
        problems = List.copyOf(problems);
    }

    /** Checks whether a document of a kind satisfies the schema of its host. */
    @FunctionalInterface
    public interface SchemaCheck {
        boolean accepts(Kind kind, Element document);
    }

    public static HostDescription of(
            List<Kind> kinds, Map<ResourceId, Observed> found, OwnershipReader owners, SchemaCheck schemas) {
        Map<String, Map<String, Object>> plays = new LinkedHashMap<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (var kind : kinds) {
            // Shared data does not say what it was created from.
            if (DataKind.of(kind).isShared()) {
                continue;
            }
            var description = new Description(kind, kinds);
            Map<String, List<Object>> items = new LinkedHashMap<>();
            found.forEach((id, observed) -> {
                if (!id.kind().equals(kind.name())) {
                    return;
                }
                switch (observed) {
                    case Observed.Present present -> {
                        var project = project(kind, id, present, owners);
                        var item = item(description, project, id, present, owners);
                        // libvirt took it without looking at its schema, for example with a relative path.
                        if (!schemas.accepts(kind, present.defined())) {
                            item.put("validate", "no");
                        }
                        items.computeIfAbsent(project, key -> new ArrayList<>()).add(item);
                        leftOut(id, description.leftOut(present)).ifPresent(problems::add);
                    }
                    case Observed.Absent absent -> {}
                    case Observed.Unreadable unreadable -> problems.add(unreadable.why());
                }
            });
            items.forEach((project, list) ->
                    plays.computeIfAbsent(project, HostDescription::play).put(kind.key(), list));
        }
        return new HostDescription(List.copyOf(plays.values()), problems);
    }

    private static Map<String, Object> play(String project) {
        Map<String, Object> play = new LinkedHashMap<>();
        play.put("name", "Imported");
        if (!project.equals(DeclaredResource.DEFAULT_PROJECT)) {
            play.put("project", project);
        }
        return play;
    }

    /** What is in a container belongs to the project of the container. */
    private static String project(Kind kind, ResourceId id, Observed.Present present, OwnershipReader owners) {
        var container = ContainedKind.of(kind).within().isEmpty()
                ? id
                : kind.references(id, present.defined()).stream()
                        .findFirst()
                        .map(reference -> reference.to())
                        .orElse(id);
        return owners.project(container).orElse(DeclaredResource.DEFAULT_PROJECT);
    }

    private static Map<String, Object> item(
            Description description, String project, ResourceId id, Observed.Present present, OwnershipReader owners) {
        var item = description.of(id, present);
        // The project gives it this UUID anyway.
        if (ResourceUuid.uuid(project, id).equals(item.get(UUID))) {
            item.remove(UUID);
        }
        if (owners.isProtected(id)) {
            item.put("protect", "yes");
        }
        return item;
    }

    private static Optional<Diagnostic> leftOut(ResourceId id, List<String> paths) {
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        Code.SECRET_LEFT_OUT,
                        "The playbook leaves out of " + id + " what is shown to nobody: " + String.join(", ", paths)
                                + ".",
                        "A password or a cookie stays on the host as long as nothing is declared in its place. To manage"
                                + " it, and wherever libvirt takes no document without it, declare it as !secret."));
    }
}
