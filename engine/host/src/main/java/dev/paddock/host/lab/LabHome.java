package dev.paddock.host.lab;

import java.nio.file.Path;
import java.util.Optional;

/** Where labs are. Apart from them, as who only has to find one is in a hurry. */
public final class LabHome {
    static final Path USUAL = Path.of("/var/lib/paddock/lab");

    private LabHome() {}

    /** Return the folder that labs are in: what {@code PADDOCK_LAB_DIR} says, else {@code /var/lib/paddock/lab}. */
    public static Path path() {
        var chosen = Optional.ofNullable(System.getenv("PADDOCK_LAB_DIR")).filter(text -> !text.isBlank());
        return chosen.map(Path::of).orElse(USUAL).toAbsolutePath().normalize();
    }
}
