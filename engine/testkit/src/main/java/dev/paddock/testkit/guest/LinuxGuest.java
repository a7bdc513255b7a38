package dev.paddock.testkit.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of a guest that boots Debian's kernel, and then runs what it is told on its first serial port; see {@link
 * SerialShell}. They are made of Debian's packages once, and kept with what is built.
 */
public final class LinuxGuest {
    private static final Path KEPT = Path.of(System.getProperty("paddock.home", "../.."))
            .resolve("engine/testkit/target/linux-guest")
            .toAbsolutePath()
            .normalize();

    private LinuxGuest() {}

    /** Put {@code kernel} and {@code initrd} into a folder, in which QEMU, a user of its own, may make sockets. */
    public static void into(Path folder) {
        make();
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            for (var name : new String[] {"kernel", "initrd"}) {
                Files.copy(KEPT.resolve(name), folder.resolve(name));
                Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static synchronized void make() {
        try (var script = LinuxGuest.class.getResourceAsStream("linux-guest.sh")) {
            if (script == null) {
                throw new IllegalStateException("linux-guest.sh is not packaged.");
            }
            var log = Files.createTempFile("linux-guest", ".log");
            var process = new ProcessBuilder("sh", "-s", KEPT.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try (var input = process.getOutputStream()) {
                script.transferTo(input);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("The guest cannot be made: " + Files.readString(log));
            }
            Files.delete(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The guest is no longer wanted.", interrupted);
        }
    }
}
