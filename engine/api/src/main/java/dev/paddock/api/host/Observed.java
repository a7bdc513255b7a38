package dev.paddock.api.host;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/** What the host says of one resource. "Cannot read" is never "absent". */
public sealed interface Observed {

    /** There is no object of that kind and name. */
    record Absent() implements Observed {}

    /**
     * There is one.
     *
     * @param defined the definition that the next start will use; of a transient object, what runs
     * @param live what runs, present when the object is active and its kind tells the two apart
     * @param persistent false for an object that is gone once it stops
     * @param paused whether it is active with its processors stopped
     * @param unplugged of a network, the interfaces of running guests that a restart left connected to nothing
     * @param describable of a network, whether the title, description and metadata of what runs can change, and are no
     *     copy of what they were when it started
     */
    record Present(
            String uuid,
            Element defined,
            Optional<Element> live,
            boolean active,
            boolean persistent,
            boolean autostart,
            boolean paused,
            List<Attachment> unplugged,
            boolean describable)
            implements Observed {
        public Present {
            unplugged = List.copyOf(unplugged);
        }

        public Present(
                String uuid,
                Element defined,
                Optional<Element> live,
                boolean active,
                boolean persistent,
                boolean autostart) {
            this(uuid, defined, live, active, persistent, autostart, false, List.of(), false);
        }

        public Present withUnplugged(List<Attachment> interfaces) {
            return new Present(uuid, defined, live, active, persistent, autostart, paused, interfaces, describable);
        }

        public Present withPaused(boolean isPaused) {
            return new Present(uuid, defined, live, active, persistent, autostart, isPaused, unplugged, describable);
        }

        public Present withDescribable(boolean isDescribable) {
            return new Present(uuid, defined, live, active, persistent, autostart, paused, unplugged, isDescribable);
        }
    }

    /** There may be one, but it could not be read. */
    record Unreadable(Diagnostic why) implements Observed {}
}
