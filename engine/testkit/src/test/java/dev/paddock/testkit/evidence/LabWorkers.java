package dev.paddock.testkit.evidence;

import dev.paddock.testkit.lab.Labs;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does many tasks, several at a time, as libvirt spends most of its time on waiting. Each has two labs for itself. */
final class LabWorkers {
    private static final int SIZE = 4;

    private LabWorkers() {}

    /** What is done with a lab for the engine, and one in which there is nothing. */
    interface Task {
        void run(EngineLab engine, LibvirtOracle oracle) throws Exception;
    }

    static void run(List<? extends Task> tasks) throws Exception {
        Queue<Task> queue = new ConcurrentLinkedQueue<>(tasks);
        List<Future<?>> members = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(SIZE)) {
            for (var i = 0; i < SIZE; i++) {
                var number = i;
                members.add(threads.submit(() -> work(number, queue)));
            }
        }
        for (var member : members) {
            try {
                member.get();
            } catch (ExecutionException failure) {
                throw new IllegalStateException("A task failed.", failure.getCause());
            }
        }
    }

    private static Void work(int number, Queue<Task> queue) throws Exception {
        var main = "crew" + number;
        var other = "oracle" + number;
        ReferencedFilters.define(Labs.uri(main));
        ReferencedFilters.define(Labs.uri(other));
        try (var engine = new EngineLab(Labs.uri(main));
                var oracle = new LibvirtOracle(other)) {
            for (var task = queue.poll(); task != null; task = queue.poll()) {
                task.run(engine, oracle);
            }
        }
        return null;
    }
}
