package dev.paddock.cli;

import dev.paddock.cli.console.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * An exception that nobody expected, as written to a file for whoever mends it.
 *
 * <p>Messages of exceptions are left out, as they may hold a value of the user's, and with it a secret.
 */
final class BugReport {
    private static final int DEEPEST_CAUSE = 10;

    private BugReport() {}

    /** Return the folder for such files, after the XDG Base Directory Specification. */
    static Path folder() {
        var home = System.getProperty("user.home", "/");
        var state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(text -> text.startsWith("/"));
        return Path.of(state.orElse(home + "/.local/state")).resolve("paddock");
    }

    /** Write the file, and return it, or nothing when it cannot be written. */
    static Optional<Path> write(Throwable bug, Path folder) {
        try {
            Files.createDirectories(folder);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var file = Files.createTempFile(folder, "bug-", ".log", owner);
            Files.writeString(file, text(bug));
            return Optional.of(file);
        } catch (IOException | UnsupportedOperationException unwritable) {
            return Optional.empty();
        }
    }

    static String text(Throwable bug) {
        var text = new StringBuilder(Version.LINE)
                .append(", Java ")
                .append(Runtime.version())
                .append('\n');
        var at = bug;
        for (var depth = 0; at != null && depth < DEEPEST_CAUSE; depth++) {
            text.append(depth == 0 ? "" : "caused by ")
                    .append(at.getClass().getName())
                    .append('\n');
            for (var frame : at.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
            at = at.getCause();
        }
        return text.toString();
    }
}
