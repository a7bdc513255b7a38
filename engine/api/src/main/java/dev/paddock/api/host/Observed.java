package dev.paddock.api.host;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;

/** What the host reports about one resource. "Cannot read" is never "absent". */
public sealed interface Observed {

    /** The host has no object of this kind and name. */
    record Absent() implements Observed {}

    /**
     * The object exists.
     *
     * @param defined the definition that the next start uses; for a transient object, the running one
     * @param live the running object; present if it is active and its kind distinguishes the two
     * @param persistent false if the object disappears when it stops
     * @param paused whether it is active with its processors stopped
     * @param unplugged for a network, the interfaces of running VMs that a restart left disconnected
     * @param describable for a network, whether the title, description and metadata of the running network can change,
     *     as opposed to being a copy from its start
     */
    record Present(
            String uuid,
            Element defined,
            Optional<Element> live,
            boolean active,
            boolean persistent,
            boolean autostart,
            boolean paused,
            List<NetworkAttachment> unplugged,
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

        public Present withDefined(Element document) {
            return new Present(uuid, document, live, active, persistent, autostart, paused, unplugged, describable);
        }

        public Present withUnplugged(List<NetworkAttachment> interfaces) {
            return new Present(uuid, defined, live, active, persistent, autostart, paused, interfaces, describable);
        }

        public Present withPaused(boolean isPaused) {
            return new Present(uuid, defined, live, active, persistent, autostart, isPaused, unplugged, describable);
        }

        public Present withDescribable(boolean isDescribable) {
            return new Present(uuid, defined, live, active, persistent, autostart, paused, unplugged, isDescribable);
        }
    }

    /** The object may exist, but could not be read. */
    record Unreadable(Diagnostic why) implements Observed {}
}
