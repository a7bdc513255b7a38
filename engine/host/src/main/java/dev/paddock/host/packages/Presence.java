package dev.paddock.host.packages;

import java.util.List;

/** What shows that something is installed. Looking for files is a thousand times faster than asking dpkg. */
public sealed interface Presence {
    /** A program of that name. */
    record Command(String name) implements Presence {}

    /** A program of one of these names. */
    record AnyCommand(List<String> names) implements Presence {
        public AnyCommand {
            names = List.copyOf(names);
        }
    }

    /**
     * A file below one of the system's folders of libraries.
     *
     * @param path below the folder of libraries, {@code libvirt.so.0}
     */
    record Library(String path) implements Presence {}

    /** One of these files. */
    record AnyFile(List<String> paths) implements Presence {
        public AnyFile {
            paths = List.copyOf(paths);
        }
    }
}
