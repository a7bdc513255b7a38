package dev.paddock.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in {@code src/test/golden} that holds the expected output. {@code -Dgolden.update} writes it. */
public final class GoldenFile {
    private static final Path FOLDER = Path.of("src/test/golden");

    private GoldenFile() {}

    /** Compare an output with the file of this name, or write it if the files are to be updated. */
    public static void check(String name, String output) {
        var file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, output);
            }
            assertThat(output)
                    .as("%s; -Dgolden.update=true writes it", file)
                    .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
