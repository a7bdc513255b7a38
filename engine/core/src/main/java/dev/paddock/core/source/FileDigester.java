package dev.paddock.core.source;

import dev.paddock.api.identity.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** Computes the checksums of files. */
@FunctionalInterface
public interface FileDigester {
    /** Reads a file each time it is called. */
    FileDigester READING = FileDigester::read;

    /** Return the SHA-256 of a file, in lower-case hexadecimal digits. */
    String sha256(Path file) throws IOException;

    private static String read(Path file) throws IOException {
        try (var content = new DigestInputStream(Files.newInputStream(file), Sha256.begin())) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        }
    }
}
