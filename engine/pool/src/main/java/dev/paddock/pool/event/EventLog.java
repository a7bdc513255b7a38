package dev.paddock.pool.event;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The latest events. May be used by several threads. */
public final class EventLog {
    private static final int CAPACITY = 2_000;

    private final Deque<Event> latest = new ArrayDeque<>();
    private final PoolClock clock;
    private final Consumer<Event> listener;
    private long count;

    /** @param listener receives every event, one at a time */
    public EventLog(PoolClock clock, Consumer<Event> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Add an event.
     *
     * @param namesAndValues alternately the names and the values of its details
     */
    public void add(String type, Object... namesAndValues) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (var i = 0; i + 1 < namesAndValues.length; i += 2) {
            details.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        add(type, details);
    }

    /** Add an event with its details. */
    public synchronized void add(String type, Map<String, Object> details) {
        var event = new Event(++count, clock.now(), type, Collections.unmodifiableMap(details));
        latest.addLast(event);
        if (latest.size() > CAPACITY) {
            latest.removeFirst();
        }
        listener.accept(event);
        notifyAll();
    }

    /** Add an unexpected failure, with the place in the code where it was thrown. */
    public void addFailure(String type, RuntimeException failure) {
        var trace = failure.getStackTrace();
        add(type, "why", String.valueOf(failure), "at", trace.length == 0 ? "" : String.valueOf(trace[0]));
    }

    /** Return the events after the one with this number, as far as they are still kept. */
    public synchronized List<Event> after(long number) {
        return latest.stream().filter(event -> event.number() > number).toList();
    }

    /** Return the events after the one with this number, waiting for the first until the timeout ends. */
    public synchronized List<Event> await(long number, long timeoutMillis) throws InterruptedException {
        var end = clock.nanos() + timeoutMillis * 1_000_000;
        while (count <= number) {
            var left = (end - clock.nanos()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return after(number);
    }
}
