package dev.paddock.cli.pool;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.cli.reach.PolicyWatch;
import dev.paddock.cli.reach.ReachChange;
import dev.paddock.keeper.Watch;
import dev.paddock.keeper.slot.SlotException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has the keeper tell when the filters of its host are changed. */
final class FilterWatch implements Watch {
    private final String uri;
    private final HostConnector hosts;
    private final PolicyWatch policy = new PolicyWatch();

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // It is opened again after it broke.
    private Optional<HostReader> reader = Optional.empty();

    FilterWatch(String uri, HostConnector hosts) {
        this.uri = uri;
        this.hosts = hosts;
    }

    @Override
    public List<Map.Entry<String, Map<String, Object>>> look() {
        try {
            if (reader.isEmpty()) {
                reader = Optional.of(hosts.reader(uri));
            }
            return policy.look(reader.get()).stream().map(FilterWatch::event).toList();
        } catch (HostException failure) {
            reader.ifPresent(HostReader::close);
            reader = Optional.empty();
            throw new SlotException(failure.reason(), failure);
        }
    }

    private static Map.Entry<String, Map<String, Object>> event(ReachChange change) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("guest", change.guest());
        about.put("cell", change.cell());
        about.put("before", change.before());
        about.put("after", change.after());
        about.put("because", change.cause());
        return Map.entry("policy.changed", about);
    }
}
