package dev.paddock.core.rollout;

import dev.paddock.core.resource.InventoryHost;
import java.util.List;
import java.util.OptionalInt;

/**
 * The order of the hosts of a run.
 *
 * @param batches the hosts that are changed together, one batch after the other
 * @param maxFailures the number of failed hosts after which no other is begun, once exceeded; absent for no limit
 */
public record Rollout(List<Batch> batches, OptionalInt maxFailures) {
    public Rollout {
        batches = List.copyOf(batches);
    }

    /**
     * Hosts that are changed together.
     *
     * @param serial whether the play limits their number, so that a batch that fails as a whole ends the run
     */
    public record Batch(List<InventoryHost> hosts, boolean serial) {
        public Batch {
            hosts = List.copyOf(hosts);
        }
    }

    /** Return the order without any limits. */
    public static Rollout together(List<InventoryHost> hosts) {
        return new Rollout(hosts.isEmpty() ? List.of() : List.of(new Batch(hosts, false)), OptionalInt.empty());
    }
}
