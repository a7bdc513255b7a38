package dev.paddock.reach.policy;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notices when the filters of a host are changed, by whomever, and tells what that means to its guests. */
public final class PolicyMonitor {
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // There is none before the first look.
    private Optional<NetworkTopology> seen = Optional.empty();

    private Map<String, Observed> filters = Map.of();

    /**
     * Look again. Reading the filters is little, so it may be often; all else is read when one has changed.
     *
     * @return the cells in which something else passes than at the last look; none at the first
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
