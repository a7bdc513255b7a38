package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.cli.console.CommandException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of a host, selected by kind and name. */
final class LiveResources {
    private final List<Kind> kinds;
    private final HostReader reader;

    LiveResources(List<Kind> kinds, HostReader reader) {
        this.kinds = kinds;
        this.reader = reader;
    }

    /**
     * Return the selected objects, by kind and then by name.
     *
     * @param words kinds ({@code network} or {@code networks}) and addresses ({@code network/agents}); all objects if
     *     empty
     */
    Map<ResourceId, Observed> find(List<String> words) throws CommandException {
        Map<ResourceId, Observed> found = new LinkedHashMap<>();
        if (words.isEmpty()) {
            for (var kind : kinds) {
                found.putAll(all(kind));
            }
        }
        for (var word : words) {
            var slash = word.indexOf('/');
            var kind = kind(slash < 0 ? word : word.substring(0, slash));
            if (slash < 0) {
                found.putAll(all(kind));
            } else {
                found.putAll(one(kind, word.substring(slash + 1)));
            }
        }
        return found;
    }

    private Map<ResourceId, Observed> all(Kind kind) {
        Map<ResourceId, Observed> found = new LinkedHashMap<>();
        try {
            new TreeMap<>(reader.read(kind.name(), Optional.empty()))
                    .forEach((name, observed) -> found.put(new ResourceId(kind.name(), name), observed));
        } catch (HostException failure) {
            // A host without a driver for a kind has no objects of it.
            if (failure.failure() != HostException.Failure.UNSUPPORTED) {
                throw failure;
            }
        }
        return found;
    }

    private Map<ResourceId, Observed> one(Kind kind, String name) throws CommandException {
        var all = all(kind);
        var id = new ResourceId(kind.name(), name);
        var observed = all.get(id);
        if (observed == null) {
            var names = all.keySet().stream().map(ResourceId::name).toList();
            throw CommandException.failure(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "The host has no " + kind.name() + " named '" + name + "'.",
                    Suggestion.nearest(name, names)
                            .map(near -> "Did you mean '" + kind.name() + "/" + near + "'?")
                            .orElse("See what there is with paddock show " + kind.key() + ".")));
        }
        return Map.of(id, observed);
    }

    private Kind kind(String word) throws CommandException {
        for (var kind : kinds) {
            if (kind.name().equals(word) || kind.key().equals(word)) {
                return kind;
            }
        }
        var names = kinds.stream().map(Kind::key).toList();
        throw CommandException.usage(
                "'" + word + "' is no kind of resource.",
                Suggestion.nearest(word, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("There are: " + String.join(", ", names) + "."));
    }
}
