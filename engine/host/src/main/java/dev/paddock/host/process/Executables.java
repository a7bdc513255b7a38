package dev.paddock.host.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs by name. */
public final class Executables {
    private Executables() {}

    /**
     * Return the file of a program: on the path, or in one of the system's folders, which the path of non-root users
     * often lacks.
     */
    public static Optional<Path> find(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        var folders = Stream.concat(
                Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin"));
        return folders.filter(folder -> folder.startsWith("/"))
                .flatMap(folder -> file(folder, name).stream())
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> file(String folder, String name) {
        try {
            return Optional.of(Path.of(folder, name));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
