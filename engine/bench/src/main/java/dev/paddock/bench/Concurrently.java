package dev.paddock.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does things at the same time, each by a thread of its own, none of which starts before all are there. */
final class Concurrently {
    private Concurrently() {}

    static <T> List<T> all(List<Callable<T>> things) throws Exception {
        var barrier = new CyclicBarrier(things.size());
        List<Future<T>> started = new ArrayList<>();
        List<T> results = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(things.size())) {
            for (var thing : things) {
                started.add(threads.submit(() -> {
                    barrier.await();
                    return thing.call();
                }));
            }
            for (var each : started) {
                results.add(each.get());
            }
        }
        return results;
    }
}
