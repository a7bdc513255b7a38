package dev.paddock.host.workspace;

import java.util.List;

/**
 * The result of collecting the results of a VM.
 *
 * @param files the number of copied files, without folders
 * @param bytes their total size
 * @param leftOut what was not copied, and why; names begin with {@code ./}, and their control characters are replaced
 *     by question marks
 */
public record CollectedResults(long files, long bytes, List<String> leftOut) {
    public CollectedResults {
        leftOut = List.copyOf(leftOut);
    }
}
