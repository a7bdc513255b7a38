package dev.paddock.pool.service;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes lines in the order in which they come, on a thread of its own: whoever reads the log slowly, or not at all,
 * holds up nobody. Lines that come when too many wait are lost, which is told once some could be written.
 */
public final class AsyncLogWriter {
    private static final int MOST_WAITING = 10_000;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final PrintStream to;
    private long lost;

    private AsyncLogWriter(PrintStream to) {
        this.to = to;
    }

    public static AsyncLogWriter to(PrintStream stream) {
        var log = new AsyncLogWriter(stream);
        Thread.ofPlatform().daemon().name("paddock-log").start(log::write);
        return log;
    }

    public synchronized void line(String text) {
        if (lost > 0 && waiting.offer("{\"event\":\"log.lost\",\"lines\":" + lost + "}")) {
            lost = 0;
        }
        if (!waiting.offer(text)) {
            lost++;
        }
    }

    private void write() {
        try {
            while (true) {
                to.println(waiting.take());
                if (waiting.isEmpty()) {
                    to.flush();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Give what waits a moment to be written. */
    public void finish() {
        var patience = 50;
        try {
            while (!waiting.isEmpty() && patience-- > 0) {
                Thread.sleep(10);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
