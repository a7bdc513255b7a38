package dev.paddock.pool.event;

import dev.paddock.host.process.PollInterval;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes lines in the order in which they arrive, on a thread of its own, so a slow or blocked reader of the log delays
 * no other thread. Drops lines that arrive while the queue is full, and writes how many were dropped once there is room.
 */
public final class AsyncLogWriter {
    private static final int CAPACITY = 10_000;
    private static final int DRAIN_POLLS = 50;
    private static final Duration DRAIN_POLL = Duration.ofMillis(10);

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final PrintStream stream;
    private long dropped;

    private AsyncLogWriter(PrintStream stream) {
        this.stream = stream;
    }

    /** Return a writer to a stream, with its thread started. */
    public static AsyncLogWriter start(PrintStream stream) {
        var writer = new AsyncLogWriter(stream);
        Thread.ofPlatform().daemon().name("paddock-log").start(writer::run);
        return writer;
    }

    /** Write a line some time later, without waiting. */
    public synchronized void add(String line) {
        if (dropped > 0 && queue.offer("{\"event\":\"log.lost\",\"lines\":" + dropped + "}")) {
            dropped = 0;
        }
        if (!queue.offer(line)) {
            dropped++;
        }
    }

    private void run() {
        try {
            while (true) {
                stream.println(queue.take());
                if (queue.isEmpty()) {
                    stream.flush();
                }
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wait until the queue is empty, for half a second at most. */
    public void drain() {
        for (var polls = 0; polls < DRAIN_POLLS && !queue.isEmpty(); polls++) {
            if (!PollInterval.of(DRAIN_POLL)) {
                return;
            }
        }
    }
}
