package dev.paddock.host.lab;

import java.nio.file.Path;
import java.util.Optional;

/** The location of labs. A class of its own, so that finding a lab loads no other code. */
public final class LabHome {
    static final Path USUAL = Path.of("/var/lib/paddock/lab");

    private LabHome() {}

    /** Return the folder that contains labs: {@code PADDOCK_LAB_DIR}, else {@code /var/lib/paddock/lab}. */
    public static Path path() {
        var chosen = Optional.ofNullable(System.getenv("PADDOCK_LAB_DIR")).filter(text -> !text.isBlank());
        return chosen.map(Path::of).orElse(USUAL).toAbsolutePath().normalize();
    }
}
