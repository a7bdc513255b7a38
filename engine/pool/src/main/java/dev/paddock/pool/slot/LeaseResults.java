package dev.paddock.pool.slot;

import java.util.List;
import java.util.Optional;

/**
 * The results of a lease.
 *
 * @param folder that holds them; absent when the pool has no workspaces
 * @param leftOut what was not copied, as it is neither a file nor a folder
 */
public record LeaseResults(Optional<String> folder, List<String> leftOut) {
    public static final LeaseResults NONE = new LeaseResults(Optional.empty(), List.of());

    public LeaseResults {
        leftOut = List.copyOf(leftOut);
    }
}
