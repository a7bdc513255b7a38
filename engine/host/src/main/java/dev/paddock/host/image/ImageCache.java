package dev.paddock.host.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.FileLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The user's cache of images on this computer: what was built and downloaded, each in a folder named after its digest,
 * which is either complete or absent.
 */
public final class ImageCache {
    private final Path folder;

    public ImageCache(Path folder) {
        this.folder = folder;
    }

    /** Return the user's cache, in the location of the XDG Base Directory Specification. */
    public static ImageCache ofUser() {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).filter(text -> text.startsWith("/"));
        var home = System.getProperty("user.home", "/");
        return new ImageCache(Path.of(cache.orElse(home + "/.cache")).resolve("paddock/images"));
    }

    Path folder() {
        return folder;
    }

    /** Fills a folder, which may contain the remains of an earlier attempt. */
    @FunctionalInterface
    interface Making {
        void in(Path unfinished) throws ImageException, IOException;
    }

    /** Return the folder of a digest. It is made first if missing, by one process at a time. */
    Path keep(String digest, Making making) throws ImageException {
        var kept = folder.resolve(digest);
        if (Files.isDirectory(kept)) {
            return kept;
        }
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return FileLock.holding(folder.resolve(digest + ".lock"), () -> {
                if (!Files.isDirectory(kept)) {
                    var unfinished = Files.createDirectories(folder.resolve(digest + ".part"));
                    making.in(unfinished);
                    Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
                }
                return kept;
            });
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    ImageException unwritable(IOException failure) {
        return new ImageException(Diagnostic.error(
                Code.IMAGE_NOT_KEPT,
                "The folder " + folder + ", where this computer keeps images, cannot be written: " + reason(failure)
                        + ".",
                "Make room there, or name a folder elsewhere in XDG_CACHE_HOME, and run the same command again."));
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "this user may not write to " + denied.getFile();
            case FileSystemException refused when refused.getReason() != null -> refused.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
