package dev.paddock.pool.http;

import dev.paddock.pool.service.Event;

/** An event as a line of a log. */
public final class EventLine {
    private EventLine() {}

    public static String of(Event event) {
        return ResponseJson.event(event).toString();
    }
}
