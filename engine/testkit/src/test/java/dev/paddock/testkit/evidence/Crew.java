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
final class Crew {
    private static final int SIZE = 4;

    private Crew() {}

    /** What is done with a lab for the engine, and one in which there is nothing. */
    interface Task {
        void run(Engine engine, Oracle oracle) throws Exception;
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
        References.define(Labs.uri(main));
        References.define(Labs.uri(other));
        try (var engine = new Engine(Labs.uri(main));
                var oracle = new Oracle(other)) {
            for (var task = queue.poll(); task != null; task = queue.poll()) {
                task.run(engine, oracle);
            }
        }
        return null;
    }
}
