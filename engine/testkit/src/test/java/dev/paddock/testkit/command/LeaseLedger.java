package dev.paddock.testkit.command;

import dev.paddock.host.lab.LabException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who had which guest, and from when to when they could be sure of it. Times are those of {@link System#nanoTime}; what
 * is in doubt is left out, so that two spans of one guest that overlap are a guest with two users.
 */
final class LeaseLedger {
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private final Map<String, Long> kills = new HashMap<>();

    /**
     * A lease of a guest.
     *
     * @param asked when its caller asked first
     * @param from when its caller got to know of it
     * @param until before it was given back, was over, or its guest was killed
     * @param gone whether its guest was killed meanwhile
     */
    record Span(String lease, String guest, String caller, long asked, long from, long until, boolean gone) {
        private Span until(long time, boolean killed) {
            return new Span(lease, guest, caller, asked, from, Math.min(until, time), gone || killed);
        }
    }

    /** Does something to a guest, which it may fail to. */
    interface Deed {
        boolean done() throws LabException;
    }

    /** Note a lease that was granted, and lasts so many nanoseconds at least. */
    synchronized void granted(String lease, String guest, String caller, long asked, long lasts) {
        var now = System.nanoTime();
        var span = new Span(lease, guest, caller, asked, now, now + lasts, false);
        // It may be one that was granted before the guest was killed, and whose answer came late.
        spans.put(lease, kills.getOrDefault(guest, Long.MIN_VALUE) > asked ? span.until(now, true) : span);
    }

    /** Note that a caller is about to let go of a guest. */
    synchronized void ends(String lease) {
        spans.computeIfPresent(lease, (id, span) -> span.until(System.nanoTime(), false));
    }

    /** Kill a guest: whoever has it cannot be sure of it any more. Return whether it was done. */
    synchronized boolean kill(String guest, Deed deed) throws LabException {
        var now = System.nanoTime();
        var done = deed.done();
        if (done) {
            kills.put(guest, System.nanoTime());
            // Also one whose caller is about to let go of it: the keeper may find the guest gone before that.
            spans.values().stream()
                    .filter(span -> span.guest().equals(guest))
                    .max(Comparator.comparingLong(Span::from))
                    .ifPresent(span -> spans.put(span.lease(), span.until(now, true)));
        }
        return done;
    }

    /** Return a guest that somebody has now. */
    synchronized Optional<String> lent() {
        var now = System.nanoTime();
        return spans.values().stream()
                .filter(span -> span.until() > now)
                .map(Span::guest)
                .findFirst();
    }

    synchronized int size() {
        return spans.size();
    }

    synchronized List<Span> spans() {
        return List.copyOf(spans.values());
    }

    /** Return the spans of one guest that overlap. */
    List<String> doubles() {
        var found = new ArrayList<String>();
        var last = new HashMap<String, Span>();
        spans().stream().sorted(Comparator.comparingLong(Span::from)).forEach(span -> {
            var before = last.get(span.guest());
            if (before != null && before.until() > span.from()) {
                found.add(before + " and " + span);
            }
            if (before == null || before.until() < span.until()) {
                last.put(span.guest(), span);
            }
        });
        return found;
    }
}
