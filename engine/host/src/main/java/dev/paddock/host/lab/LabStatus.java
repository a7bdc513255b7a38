package dev.paddock.host.lab;

import java.nio.file.Path;

/** What there is of a lab. */
public sealed interface LabStatus {

    /** There is nothing of that name. */
    record Absent() implements LabStatus {}

    /**
     * Its libvirtd answers.
     *
     * @param init the number, on the machine, of the lab's first process
     */
    record Running(LabEndpoint endpoint, long init) implements LabStatus {}

    /** It is there, and its libvirtd does not answer: it is being started, or cannot be. */
    record Silent(long init, Path log) implements LabStatus {}

    /** It ended without being stopped. What it left is cleared away by the next start or stop. */
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
