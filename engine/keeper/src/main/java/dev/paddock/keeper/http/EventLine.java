package dev.paddock.keeper.http;

import dev.paddock.keeper.Event;

/** An event as a line of a log. */
public final class EventLine {
    private EventLine() {}

    public static String of(Event event) {
        return Views.event(event).toString();
    }
}
