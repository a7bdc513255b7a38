package dev.paddock.cli.vm;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Processes a few VMs in parallel, as each may take long. */
final class ParallelGuests {
    private static final int AT_ONCE = 4;

    private ParallelGuests() {}

    /** Return the results in the order of the items. */
    static <T, R> List<R> map(List<T> items, Function<T, R> work) {
        var threads = Executors.newFixedThreadPool(
                Math.clamp(items.size(), 1, AT_ONCE),
                task -> Thread.ofPlatform().name("guest").daemon().unstarted(task));
        try {
            var started = items.stream()
                    .map(item -> threads.submit(() -> work.apply(item)))
                    .toList();
            return started.stream().map(ParallelGuests::result).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static <R> R result(java.util.concurrent.Future<R> started) {
        try {
            return started.get();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", interruption);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("A guest's work failed. This is a bug in this tool.", failure);
        }
    }
}
