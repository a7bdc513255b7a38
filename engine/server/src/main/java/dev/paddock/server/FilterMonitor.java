package dev.paddock.server;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.pool.slot.ReconnectingHost;
import dev.paddock.reach.policy.PolicyMonitor;
import dev.paddock.reach.policy.ReachChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports how changes of the host's filters change who can reach the VMs, and what they can reach. */
public final class FilterMonitor implements HostMonitor {
    private final ReconnectingHost<HostReader> reader;
    private final PolicyMonitor policy = new PolicyMonitor();

    public FilterMonitor(String uri, HostConnector hosts) {
        this.reader = new ReconnectingHost<>(() -> hosts.reader(uri));
    }

    @Override
    public List<Map.Entry<String, Map<String, Object>>> check() {
        return reader.use(policy::look).stream().map(FilterMonitor::event).toList();
    }

    private static Map.Entry<String, Map<String, Object>> event(ReachChange change) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("guest", change.guest());
        details.put("cell", change.cell());
        details.put("before", change.before());
        details.put("after", change.after());
        details.put("because", change.cause());
        return Map.entry("policy.changed", details);
    }
}
