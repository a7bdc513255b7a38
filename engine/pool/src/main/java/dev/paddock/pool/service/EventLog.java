package dev.paddock.pool.service;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The last things that happened, for whoever wants to see them. May be used by several threads. */
public final class EventLog {
    private static final int KEPT = 2_000;

    private final Deque<Event> last = new ArrayDeque<>();
    private final Consumer<Event> log;
    private long count;

    /** @param log gets every event, one at a time */
    public EventLog(Consumer<Event> log) {
        this.log = log;
    }

    /** Note that something happened; {@code about} are names and values in turn. */
    void note(String what, Object... about) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (var i = 0; i + 1 < about.length; i += 2) {
            facts.put(String.valueOf(about[i]), about[i + 1]);
        }
        note(what, facts);
    }

    public synchronized void note(String what, Map<String, Object> facts) {
        var event = new Event(++count, Instant.now(), what, Collections.unmodifiableMap(facts));
        last.addLast(event);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        log.accept(event);
        notifyAll();
    }

    /** Note a failure that nobody expected, with the place that it comes from. */
    public void trouble(String what, RuntimeException failure) {
        var place = failure.getStackTrace();
        note(what, "why", String.valueOf(failure), "at", place.length == 0 ? "" : String.valueOf(place[0]));
    }

    /** Return what happened after the event of a number, as far as it is kept. */
    public synchronized List<Event> after(long number) {
        return last.stream().filter(event -> event.number() > number).toList();
    }

    /** Wait until something has happened after the event of a number, or so many milliseconds have passed. */
    public synchronized List<Event> await(long number, long millis) throws InterruptedException {
        var end = System.nanoTime() + millis * 1_000_000;
        while (count <= number) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return after(number);
    }
}
