package dev.paddock.host.image;

import dev.paddock.api.image.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an image on this computer; read-only.
 *
 * @param temporary a folder to delete once the files are no longer needed
 */
public record LocalImage(Map<ImageFile, Path> paths, Optional<Path> temporary) implements AutoCloseable {
    public LocalImage {
        paths = Map.copyOf(paths);
    }

    LocalImage(Map<ImageFile, Path> paths) {
        this(paths, Optional.empty());
    }

    @Override
    public void close() {
        temporary.ifPresent(folder -> {
            try {
                CacheFolders.delete(folder);
            } catch (IOException stays) {
                // Only this user can read it, and the system cleans its temporary folders.
            }
        });
    }
}
