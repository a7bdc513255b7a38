package dev.paddock.host.validate;

import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.api.identity.Sha256;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The user's cache of schemas of other machines: each set in a folder named after its digest that never changes, and
 * for each machine and version a file that names the set.
 */
record SchemaCache(Path folder) {
    /** Return the user's cache, in the location of the XDG Base Directory Specification. */
    static SchemaCache ofUser() {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).filter(text -> text.startsWith("/"));
        var home = System.getProperty("user.home", "/");
        return new SchemaCache(Path.of(cache.orElse(home + "/.cache")).resolve("paddock/schemas"));
    }

    /** Return the cached folder of a machine. */
    Optional<Path> find(String machine, Version version) {
        try {
            var digest = Files.readString(pointer(machine, version), StandardCharsets.US_ASCII);
            return Optional.of(folder.resolve(digest)).filter(Files::isDirectory);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Cache the current schemas of a machine, and return their folder. */
    Path keep(String machine, Version version, FetchedSchemas schemas) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var digest = digest(schemas);
        var kept = folder.resolve(digest);
        if (!Files.isDirectory(kept)) {
            var unfinished = Files.createTempDirectory(folder, ".part-");
            schemas.writeTo(unfinished);
            try {
                Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException taken) {
                // Another process was first: a non-empty folder is not replaced.
                if (!Files.isDirectory(kept)) {
                    throw taken;
                }
            }
        }
        var pointer = Files.createTempFile(folder, ".pointer-", "");
        Files.writeString(pointer, digest, StandardCharsets.US_ASCII);
        Files.move(pointer, pointer(machine, version), StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    private Path pointer(String machine, Version version) {
        return folder.resolve(URLEncoder.encode(machine, StandardCharsets.UTF_8) + "-" + version);
    }

    private static String digest(FetchedSchemas schemas) {
        var sha256 = Sha256.begin();
        new TreeMap<>(schemas.files()).forEach((name, content) -> {
            sha256.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            sha256.update(content);
        });
        return HexFormat.of().formatHex(sha256.digest());
    }
}
