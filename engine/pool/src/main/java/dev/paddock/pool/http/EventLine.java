package dev.paddock.pool.http;

import dev.paddock.pool.event.Event;

/** Formats an event as a line of the log. */
public final class EventLine {
    private EventLine() {}

    public static String of(Event event) {
        return ResponseJson.event(event).toString();
    }
}
