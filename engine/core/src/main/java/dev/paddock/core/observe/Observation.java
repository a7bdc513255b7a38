package dev.paddock.core.observe;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects of a host, each read once and on demand. Not safe for use by several threads. */
public final class Observation {
    private final HostReader reader;
    private final Map<String, Map<String, Observed>> read = new HashMap<>();
    private final Set<String> readWhole = new LinkedHashSet<>();

    public Observation(HostReader reader) {
        this.reader = reader;
    }

    /** Read these objects at once, so that later calls for them need no reads. */
    public void prepare(String kind, Set<String> names) {
        if (readWhole.contains(kind)) {
            return;
        }
        var known = read.computeIfAbsent(kind, key -> new LinkedHashMap<>());
        var missing = new LinkedHashSet<>(names);
        missing.removeAll(known.keySet());
        if (!missing.isEmpty()) {
            known.putAll(read(kind, Optional.of(missing)));
        }
    }

    public Observed of(ResourceId id) {
        prepare(id.kind(), Set.of(id.name()));
        return read.getOrDefault(id.kind(), Map.of()).getOrDefault(id.name(), new Observed.Absent());
    }

    /** Return all objects of a kind, by name. */
    public Map<String, Observed> all(String kind) {
        if (readWhole.add(kind)) {
            read.put(kind, read(kind, Optional.empty()));
        }
        return read.getOrDefault(kind, Map.of());
    }

    /** On a host without a driver for a kind, the objects of that kind are unreadable, not absent. */
    private Map<String, Observed> read(String kind, Optional<Set<String>> names) {
        try {
            return new LinkedHashMap<>(reader.read(kind, names));
        } catch (HostException failure) {
            if (failure.failure() != HostException.Failure.UNSUPPORTED) {
                throw failure;
            }
            var why = Diagnostic.error(
                    Code.NOT_SUPPORTED,
                    "The host at " + reader.info().uri() + " does not support resources of kind " + kind + ": "
                            + failure.reason(),
                    "Declare them on a host that does, for example one of qemu:///system.");
            Map<String, Observed> unreadable = new LinkedHashMap<>();
            names.orElse(Set.of()).forEach(name -> unreadable.put(name, new Observed.Unreadable(why)));
            return unreadable;
        }
    }
}
