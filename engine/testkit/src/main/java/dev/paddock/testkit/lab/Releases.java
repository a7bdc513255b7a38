package dev.paddock.testkit.lab;

import dev.paddock.host.lab.DebianRelease;
import dev.paddock.host.lab.ReleaseRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Debian releases that tests run on, as roots that all tests share with {@code ./test --release}. */
public final class Releases {
    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    private Releases() {}

    /** Return the root of a release: the one that {@code ./test --release} runs in, so that it is made once. */
    public static ReleaseRoot root(String codename) {
        return new ReleaseRoot(new DebianRelease(codename, false), packages());
    }

    /** Return the codename of a release that this machine does not run. */
    public static String foreign() {
        return isMachine("trixie") ? "bookworm" : "trixie";
    }

    /** Return whether this machine runs the release. */
    public static boolean isMachine(String codename) {
        try {
            return Files.readAllLines(OS_RELEASE).contains("VERSION_CODENAME=" + codename);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> packages() {
        try {
            return Files.readAllLines(Path.of(System.getProperty("paddock.home", ""), ".ci/packages"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
