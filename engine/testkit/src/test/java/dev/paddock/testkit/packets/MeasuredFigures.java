package dev.paddock.testkit.packets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What was counted and timed, for whoever runs this by hand: {@code target/packets.txt}. */
final class MeasuredFigures {
    private static final Path FILE = Path.of("target", "packets.txt");

    private MeasuredFigures() {}

    static void note(String line) throws IOException {
        Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
