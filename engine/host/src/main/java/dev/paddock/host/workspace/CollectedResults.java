package dev.paddock.host.workspace;

import java.util.List;

/**
 * What became of the results of a guest.
 *
 * @param files how many were copied, folders not counted
 * @param bytes how many were in them
 * @param leftOut what was not copied, and why; names begin with {@code ./}, and their control characters are question marks
 */
public record CollectedResults(long files, long bytes, List<String> leftOut) {
    public CollectedResults {
        leftOut = List.copyOf(leftOut);
    }
}
