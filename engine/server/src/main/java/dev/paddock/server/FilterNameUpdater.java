package dev.paddock.server;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.plan.OwnershipReader;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.ResolvedFilter;
import dev.paddock.pool.slot.ReconnectingHost;
import dev.paddock.pool.slot.SlotException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Updates the filters of this host's projects when the host names in their rules resolve to other addresses. */
public final class FilterNameUpdater implements HostMonitor {
    private static final String KIND = "nwfilter";
    private static final long PAUSE_SECONDS = Long.getLong("paddock.names.seconds", 60);

    private final ReconnectingHost<HostReader> reader;
    private final ReconnectingHost<HostWriter> writer;
    private final NameResolver resolver;
    private final List<Kind> kinds;
    /** The problems of the last check: each is reported once, until it changes. */
    private Set<Map.Entry<String, Map<String, Object>>> reported = Set.of();

    /**
     * Create an updater.
     *
     * @param kinds all kinds: the owner of a filter may follow from other resources on the host
     */
    public FilterNameUpdater(String uri, HostConnector hosts, List<Kind> kinds) {
        this.reader = new ReconnectingHost<>(() -> hosts.reader(uri));
        this.writer = new ReconnectingHost<>(() -> hosts.writer(uri));
        this.resolver = hosts.names();
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public long pauseMillis() {
        return PAUSE_SECONDS * 1_000;
    }

    @Override
    public List<Map.Entry<String, Map<String, Object>>> check() {
        Map<String, NameResolver.Answer> answers = new HashMap<>();
        NameResolver cached = name -> answers.computeIfAbsent(name, resolver::resolve);
        List<Map.Entry<String, Map<String, Object>>> changes = new ArrayList<>();
        Set<Map.Entry<String, Map<String, Object>>> problems = new HashSet<>();
        var owners = reader.use(host -> OwnershipReader.ofAll(KIND, host, kinds));
        for (var name : owners.all(KIND).keySet()) {
            var id = new ResourceId(KIND, name);
            var resolved = resolve(owners, id, cached);
            if (resolved.isEmpty()) {
                continue;
            }
            resolved.get().lost().forEach(lost -> problems.add(event("name.unresolved", id, "name", lost)));
            if (!resolved.get().moved().isEmpty()) {
                try {
                    changes.addAll(update(id, cached));
                } catch (SlotException failure) {
                    problems.add(event("name.failed", id, "why", failure.reason()));
                }
            }
        }
        List<Map.Entry<String, Map<String, Object>>> events = new ArrayList<>(changes);
        problems.stream().filter(problem -> !reported.contains(problem)).forEach(events::add);
        reported = problems;
        return events;
    }

    /** Resolve the host names of a filter; absent if it does not exist. */
    private static Optional<ResolvedFilter> resolve(OwnershipReader owners, ResourceId id, NameResolver names) {
        return owners.of(id) instanceof Observed.Present present
                ? Optional.of(ResolvedFilter.of(present.defined(), names, project -> owners.isOf(project, id)))
                : Optional.empty();
    }

    /**
     * Update the current definition of a filter: resolving names takes long, and the filter may have changed meanwhile.
     */
    private List<Map.Entry<String, Map<String, Object>>> update(ResourceId id, NameResolver names) {
        var resolved = reader.use(host -> resolve(new OwnershipReader(host, kinds), id, names));
        if (resolved.isEmpty() || resolved.get().moved().isEmpty()) {
            return List.of();
        }
        var document = resolved.get().document();
        writer.use(host -> {
            host.perform(new Action.Define(id, XmlWriter.write(document)));
            return true;
        });
        var isWritten = reader.use(host -> new OwnershipReader(host, kinds).of(id)) instanceof Observed.Present present
                && FilterDefinition.of(present.defined()).equals(FilterDefinition.of(document));
        if (!isWritten) {
            throw new SlotException(
                    "The filter is another than was written. Was it changed by somebody else, just now?");
        }
        return resolved.get().moved().stream()
                .map(moved -> event(
                        "name.changed", id, "name", moved.name(), "added", moved.added(), "removed", moved.removed()))
                .toList();
    }

    private static Map.Entry<String, Map<String, Object>> event(
            String type, ResourceId filter, Object... namesAndValues) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("filter", filter.name());
        for (var i = 0; i + 1 < namesAndValues.length; i += 2) {
            details.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return Map.entry(type, details);
    }
}
