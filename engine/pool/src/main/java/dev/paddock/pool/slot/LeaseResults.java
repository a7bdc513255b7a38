package dev.paddock.pool.slot;

import java.util.List;
import java.util.Optional;

/**
 * What is left of a lease.
 *
 * @param folder where the results are; absent of a pool without workspaces
 * @param leftOut what was found there and not taken, as it is neither a file nor a folder
 */
public record LeaseResults(Optional<String> folder, List<String> leftOut) {
    public static final LeaseResults NONE = new LeaseResults(Optional.empty(), List.of());

    public LeaseResults {
        leftOut = List.copyOf(leftOut);
    }
}
