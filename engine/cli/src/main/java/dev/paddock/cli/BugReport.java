package dev.paddock.cli;

import dev.paddock.cli.console.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Writes an unexpected exception to a file, to attach to a bug report.
 *
 * <p>The file contains no messages of exceptions, as they may contain values of the user, including secrets.
 */
final class BugReport {
    private static final int DEEPEST_CAUSE = 10;

    private BugReport() {}

    /** Return the folder of bug reports, as in the XDG Base Directory Specification. */
    static Path folder() {
        var home = System.getProperty("user.home", "/");
        var state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(text -> text.startsWith("/"));
        return Path.of(state.orElse(home + "/.local/state")).resolve("paddock");
    }

    /** Write the file, and return it; absent if it cannot be written. */
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
