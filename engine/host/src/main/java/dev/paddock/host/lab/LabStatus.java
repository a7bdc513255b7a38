package dev.paddock.host.lab;

import java.nio.file.Path;

/** The state of a lab. */
public sealed interface LabStatus {

    /** Nothing of that name exists. */
    record Absent() implements LabStatus {}

    /**
     * Its libvirtd answers.
     *
     * @param init the PID, on the machine, of the lab's first process
     */
    record Running(LabEndpoint endpoint, long init) implements LabStatus {}

    /** It exists, but its libvirtd does not answer: it is starting, or cannot start. */
    record Silent(long init, Path log) implements LabStatus {}

    /** It ended without being stopped. The next start or stop cleans up. */
    record Ended(Path folder) implements LabStatus {}

    /** Return the word for it. */
    default String label() {
        return switch (this) {
            case Absent absent -> "absent";
            case Running running -> "running";
            case Silent silent -> "silent";
            case Ended ended -> "ended";
        };
    }
}
