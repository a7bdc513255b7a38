package dev.paddock.host.image;

import dev.paddock.api.identity.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checksums of large files, cached for the user while a file keeps its size and times: reading a disk takes
 * seconds, and every plan needs its checksum.
 */
public final class FileDigests {
    private final Path folder;

    FileDigests(Path folder) {
        this.folder = folder;
    }

    /** Return the user's cache. */
    public static FileDigests ofUser() {
        return new FileDigests(ImageCache.ofUser().folder().resolveSibling("checksums"));
    }

    /** Return the SHA-256 of a file, in lower-case hexadecimal digits. */
    public String sha256(Path file) throws IOException {
        var note = folder.resolve(hashed(identity(file)));
        var known = read(note);
        if (known.isPresent()) {
            return known.get();
        }
        var sha256 = HexFormat.of().formatHex(digest(file));
        write(note, sha256);
        return sha256;
    }

    /**
     * Includes the change time (ctime), which cannot be set and so reveals changes that a copied modification time
     * hides.
     */
    private static String identity(Path file) throws IOException {
        var facts = new TreeMap<>(Files.readAttributes(file, "unix:ino,dev,size,lastModifiedTime,ctime"));
        return file.toRealPath() + "\n" + facts;
    }

    private static Optional<String> read(Path note) {
        try {
            var text = Files.readString(note, StandardCharsets.US_ASCII);
            return text.matches("[0-9a-f]{64}") ? Optional.of(text) : Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private void write(Path note, String sha256) {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            Files.createDirectories(folder, owner);
            var whole = Files.writeString(Files.createTempFile(folder, "new-", ""), sha256, StandardCharsets.US_ASCII);
            Files.move(whole, note, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notRemembered) {
            // The next run reads the file again.
        }
    }

    private static String hashed(String text) {
        return HexFormat.of().formatHex(Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] digest(Path file) throws IOException {
        var sha256 = Sha256.begin();
        try (var content = Files.newInputStream(file)) {
            var block = new byte[1 << 17];
            for (var count = content.read(block); count >= 0; count = content.read(block)) {
                sha256.update(block, 0, count);
            }
        }
        return sha256.digest();
    }
}
