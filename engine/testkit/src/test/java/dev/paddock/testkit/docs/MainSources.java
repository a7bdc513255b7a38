package dev.paddock.testkit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The Java sources of the engine and the kinds, without those of tests and of {@code engine/testkit}. */
public final class MainSources {
    private static final Pattern MAIN = Pattern.compile(".*/(engine|modules)/(?!testkit).*/src/main/.*[.]java");

    private MainSources() {}

    public static List<Path> all() throws IOException {
        try (var files = Files.walk(Page.HOME)) {
            return files.filter(file -> MAIN.matcher(file.toString()).matches()).toList();
        }
    }
}
