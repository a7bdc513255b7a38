package dev.paddock.cli.pool;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.cli.reach.PolicyWatch;
import dev.paddock.cli.reach.ReachChange;
import dev.paddock.keeper.Watch;
import dev.paddock.keeper.slot.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has the keeper tell when the filters of its host are changed. */
final class FilterWatch implements Watch {
    private final Line<HostReader> reader;
    private final PolicyWatch policy = new PolicyWatch();

    FilterWatch(String uri, HostConnector hosts) {
        this.reader = new Line<>(() -> hosts.reader(uri));
    }

    @Override
    public List<Map.Entry<String, Map<String, Object>>> look() {
        return reader.use(policy::look).stream().map(FilterWatch::event).toList();
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
