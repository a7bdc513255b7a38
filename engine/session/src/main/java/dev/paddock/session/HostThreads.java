package dev.paddock.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Works on several hosts at a time. */
public record HostThreads(int most) {
    /** As many as Ansible's. */
    public static final HostThreads STANDARD = new HostThreads(5);

    /** Return the results for all items, in their order; ends when all have ended. */
    public <T, R> List<R> map(List<T> items, Function<T, R> work) {
        if (most == 1 || items.size() < 2) {
            return items.stream().map(work).toList();
        }
        try (var threads = Executors.newFixedThreadPool(
                Math.min(most, items.size()),
                Thread.ofPlatform().name("host-", 1).daemon().factory())) {
            List<Future<R>> begun = new ArrayList<>();
            items.forEach(item -> begun.add(threads.submit(() -> work.apply(item))));
            return begun.stream().map(HostThreads::result).toList();
        }
    }

    private static <R> R result(Future<R> begun) {
        try {
            return begun.get();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while working on hosts.", interruption);
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case RuntimeException known -> known;
                case Error error -> throw error;
                case null, default ->
                    new IllegalStateException("Working on a host failed. This is a bug in paddock.", failure);
            };
        }
    }
}
