package dev.paddock.host.image;

import dev.paddock.api.image.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an image on this computer, which are to be read only.
 *
 * @param temporary the folder to remove once they are not needed any more
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
                // It is this user's alone, and the system clears its temporary folders.
            }
        });
    }
}
