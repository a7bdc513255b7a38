package dev.paddock.server;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.pool.service.HostMonitor;
import dev.paddock.pool.slot.ReconnectingHost;
import dev.paddock.reach.policy.PolicyMonitor;
import dev.paddock.reach.policy.ReachChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has the keeper tell when the filters of its host are changed. */
public final class FilterMonitor implements HostMonitor {
    private final ReconnectingHost<HostReader> reader;
    private final PolicyMonitor policy = new PolicyMonitor();

    public FilterMonitor(String uri, HostConnector hosts) {
        this.reader = new ReconnectingHost<>(() -> hosts.reader(uri));
    }

    @Override
    public List<Map.Entry<String, Map<String, Object>>> look() {
        return reader.use(policy::look).stream().map(FilterMonitor::event).toList();
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
