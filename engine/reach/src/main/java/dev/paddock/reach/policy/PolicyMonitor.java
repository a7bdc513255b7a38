package dev.paddock.reach.policy;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Detects changes of a host's filters by anybody, and reports their effect on VMs. */
public final class PolicyMonitor {
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Absent before the first check.
    private Optional<NetworkTopology> seen = Optional.empty();

    private Map<String, Observed> filters = Map.of();

    /**
     * Check again. Reading the filters is cheap, so checks may be frequent; everything else is read only after a
     * change.
     *
     * @return the cells whose verdict differs from the last check; empty for the first
     */
    public List<ReachChange> look(HostReader reader) {
        var now = reader.read("nwfilter", Optional.empty());
        if (seen.isPresent() && now.equals(filters)) {
            return List.of();
        }
        var after = NetworkTopology.live(reader);
        var changes = seen.map(before -> ReachChange.between(
                        new NetworkTopology(
                                before.networks(),
                                before.filters(),
                                after.guests(),
                                before.background(),
                                before.backend(),
                                before.hostAddresses()),
                        after))
                .orElse(List.of());
        seen = Optional.of(after);
        filters = now;
        return changes;
    }
}
