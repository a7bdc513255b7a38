package dev.paddock.host.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Forbids package scripts to start daemons while this process installs.
 *
 * <p>Debian's invoke-rc.d(8) and deb-systemd-invoke(1p) run {@code /usr/sbin/policy-rc.d} before they start anything,
 * and exit code 101 forbids it. The file only forbids while this process runs, so one that is left over does no harm;
 * the next installation removes it.
 */
record ServicePolicy(Path file) {
    private static final Path PLACE = Path.of("/usr/sbin/policy-rc.d");
    private static final String SIGN = "# Made by paddock for the time of one installation.";

    /** Install the policy, unless there is another one, which stays as it is. */
    static Optional<ServicePolicy> forbid() {
        return forbid(PLACE);
    }

    static Optional<ServicePolicy> forbid(Path file) {
        var script = """
                #!/bin/sh
                %s
                kill -0 %d 2>/dev/null && exit 101
                exit 0
                """.formatted(SIGN, ProcessHandle.current().pid());
        try {
            if (isLeftover(file)) {
                Files.delete(file);
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Files.writeString(file, script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Optional.of(new ServicePolicy(file));
        } catch (FileAlreadyExistsException ofAnother) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isLeftover(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).contains(SIGN);
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
