package dev.paddock.host.packages;

import java.util.List;

/** How to detect that something is installed. Looking for files is a thousand times faster than asking dpkg. */
public sealed interface PackagePresence {
    /** A program of that name. */
    record Command(String name) implements PackagePresence {}

    /** A program of one of these names. */
    record AnyCommand(List<String> names) implements PackagePresence {
        public AnyCommand {
            names = List.copyOf(names);
        }
    }

    /**
     * A file in one of the system's library folders.
     *
     * @param path relative to the library folder, {@code libvirt.so.0}
     */
    record Library(String path) implements PackagePresence {}

    /** A file with one of these paths. */
    record AnyFile(List<String> paths) implements PackagePresence {
        public AnyFile {
            paths = List.copyOf(paths);
        }
    }
}
