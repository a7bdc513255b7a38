package dev.paddock.host.vault;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file with the password of a vault, or a program that prints it.
 *
 * @param label the vault id, which a program may ask for
 */
public record VaultPasswordFile(Path file, String label) {
    /** The most bytes of a password. */
    private static final int MAX_SIZE = 64 * 1024;

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> CHANGE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** Programs of this name are called with the vault id. */
    private static final Pattern CLIENT = Pattern.compile(".*-client(\\.[^.]*)?");

    /** Thrown for a file that gives no password. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Diagnostic diagnostic;

        UnusableException(String detail, String fix) {
            super(detail);
            this.diagnostic = Diagnostic.error(Code.VAULT_PASSWORD_UNUSABLE, detail, fix);
        }

        public Diagnostic diagnostic() {
            return diagnostic;
        }
    }

    /**
     * Return the password.
     *
     * @param mayRun whether the user allows programs to be run
     */
    public String read(boolean mayRun) throws UnusableException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnusableException(
                        "The file " + file + " with a password of vaults is not there, or is no file.",
                        "Correct the path.");
            }
            var modes = Files.getPosixFilePermissions(file);
            var password = Files.isExecutable(file) ? output(modes, mayRun) : content(modes);
            if (password.isEmpty()) {
                throw new UnusableException(
                        "The file " + file + " gives an empty password.", "Write the password into it.");
            }
            return password;
        } catch (IOException failure) {
            throw new UnusableException(
                    "The file " + file + " with a password of vaults cannot be read: " + failure.getMessage() + ".",
                    "Run it as a user who may read it.");
        }
    }

    private String content(Set<PosixFilePermission> modes) throws IOException, UnusableException {
        if (modes.stream().anyMatch(OF_OTHERS::contains)) {
            throw new UnusableException(
                    "Others than its owner may read or write the file " + file + ", which holds a password of vaults.",
                    "Run chmod 600 " + file + ".");
        }
        if (Files.size(file) > MAX_SIZE) {
            throw new UnusableException(
                    "The file " + file + " is larger than " + MAX_SIZE / 1024 + " KiB, so it is no password.",
                    "Correct the path.");
        }
        var text = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (text.startsWith("$ANSIBLE_VAULT;")) {
            throw new UnusableException(
                    "The file " + file + " with a password of vaults is encrypted itself.",
                    "Decrypt it into a file that only you may read.");
        }
        return text;
    }

    private String output(Set<PosixFilePermission> modes, boolean mayRun) throws UnusableException {
        if (!mayRun) {
            throw new UnusableException(
                    "The file " + file + " is a program that would be run for the password of a vault.",
                    "Allow it with --allow-vault-program; if it only holds the password, run chmod 600 " + file + ".");
        }
        if (modes.stream().anyMatch(CHANGE::contains)) {
            throw new UnusableException(
                    "Others than its owner may change the program " + file + ", so it is not run.",
                    "Run chmod go-w " + file + ".");
        }
        List<String> command = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
        if (CLIENT.matcher(String.valueOf(file.getFileName())).matches()) {
            command.addAll(List.of("--vault-id", label));
        }
        var result = Program.of(command.toArray(String[]::new)).run();
        if (result instanceof ProcessResult.Ended ended && ended.succeeded()) {
            return ended.output().replaceAll("^[\\r\\n]+|[\\r\\n]+$", "");
        }
        throw new UnusableException(
                "The program " + file + " gave no password. " + result.explanation(),
                "Run it by hand; it prints the password, and nothing else.");
    }
}
