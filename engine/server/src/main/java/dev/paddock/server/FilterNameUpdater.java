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
import dev.paddock.pool.service.HostMonitor;
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

/** Has the filters of this host's projects follow the names of hosts that their rules were made from. */
public final class FilterNameUpdater implements HostMonitor {
    private static final String KIND = "nwfilter";
    private static final long PAUSE_SECONDS = Long.getLong("paddock.names.seconds", 60);

    private final ReconnectingHost<HostReader> reader;
    private final ReconnectingHost<HostWriter> writer;
    private final NameResolver resolver;
    private final List<Kind> kinds;
    /** What was told, so that it is told once, until it is otherwise. */
    private Set<Map.Entry<String, Map<String, Object>>> told = Set.of();

    /** @param kinds all that there are: whose a filter is may be told by what else is on the host */
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
    public List<Map.Entry<String, Map<String, Object>>> look() {
        Map<String, NameResolver.Answer> answers = new HashMap<>();
        NameResolver once = name -> answers.computeIfAbsent(name, resolver::resolve);
        List<Map.Entry<String, Map<String, Object>>> changes = new ArrayList<>();
        Set<Map.Entry<String, Map<String, Object>>> troubles = new HashSet<>();
        var now = reader.use(host -> OwnershipReader.ofAll(KIND, host, kinds));
        for (var name : now.all(KIND).keySet()) {
            var id = new ResourceId(KIND, name);
            var seen = followed(now, id, once);
            if (seen.isEmpty()) {
                continue;
            }
            seen.get().lost().forEach(lost -> troubles.add(event("name.unresolved", id, "name", lost)));
            if (!seen.get().moved().isEmpty()) {
                try {
                    changes.addAll(change(id, once));
                } catch (SlotException refused) {
                    troubles.add(event("name.failed", id, "why", refused.reason()));
                }
            }
        }
        List<Map.Entry<String, Map<String, Object>>> events = new ArrayList<>(changes);
        troubles.stream().filter(trouble -> !told.contains(trouble)).forEach(events::add);
        told = troubles;
        return events;
    }

    private static Optional<ResolvedFilter> followed(OwnershipReader belonging, ResourceId id, NameResolver names) {
        return belonging.of(id) instanceof Observed.Present present
                ? Optional.of(ResolvedFilter.of(present.defined(), names, project -> belonging.isOf(project, id)))
                : Optional.empty();
    }

    /** Names take long to resolve, and the filter may have been changed meanwhile: what is changed is what it is now. */
    private List<Map.Entry<String, Map<String, Object>>> change(ResourceId id, NameResolver names) {
        var followed = reader.use(host -> followed(new OwnershipReader(host, kinds), id, names));
        if (followed.isEmpty() || followed.get().moved().isEmpty()) {
            return List.of();
        }
        var document = followed.get().document();
        writer.use(host -> {
            host.perform(new Action.Define(id, XmlWriter.write(document)));
            return true;
        });
        var kept = reader.use(host -> new OwnershipReader(host, kinds).of(id)) instanceof Observed.Present present
                && FilterDefinition.of(present.defined()).equals(FilterDefinition.of(document));
        if (!kept) {
            throw new SlotException(
                    "The filter is another than was written. Was it changed by somebody else, just now?");
        }
        return followed.get().moved().stream()
                .map(moved -> event(
                        "name.changed", id, "name", moved.name(), "added", moved.added(), "removed", moved.removed()))
                .toList();
    }

    private static Map.Entry<String, Map<String, Object>> event(String what, ResourceId filter, Object... more) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("filter", filter.name());
        for (var i = 0; i + 1 < more.length; i += 2) {
            about.put(String.valueOf(more[i]), more[i + 1]);
        }
        return Map.entry(what, about);
    }
}
