package dev.paddock.host.image;

import dev.paddock.api.host.Progress;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.Recipe;
import dev.paddock.api.image.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the files of images on this computer, or finds them where they were made before. */
public final class ImageFiles {
    private final ImageCache cache;

    public ImageFiles(ImageCache cache) {
        this.cache = cache;
    }

    /** Return the files of an image, made first where they are not there. */
    public LocalImage of(ImageSpec image, Progress progress) throws ImageException {
        return switch (image.source()) {
            case ImageSource.Build build -> new LocalImage(built(image, build, progress));
            case ImageSource.Local local -> new LocalImage(Map.of(image.files().getFirst(), local.file()));
            case ImageSource.Download download -> throw new UnsupportedOperationException(download.toString());
            case ImageSource.Seed seed -> throw new UnsupportedOperationException(seed.toString());
        };
    }

    private Map<ImageFile, Path> built(ImageSpec image, ImageSource.Build build, Progress progress)
            throws ImageException {
        var folder = cache.keep(image.digest(), unfinished -> {
            progress.at("building", 0, 0);
            Folders.empty(unfinished);
            var work = unfinished.resolve("work");
            switch (Recipe.of(build.recipe()).orElseThrow()) {
                case TINY ->
                    TinyBuild.build(
                            work, unfinished.resolve(Role.KERNEL.word()), unfinished.resolve(Role.INITRD.word()));
                case DEBIAN -> throw new UnsupportedOperationException("debian");
            }
            Folders.delete(work);
        });
        return named(folder, image.files());
    }

    /** The same content may be kept on hosts under several names, and is kept here once. */
    private static Map<ImageFile, Path> named(Path folder, List<ImageFile> files) {
        Map<ImageFile, Path> found = new LinkedHashMap<>();
        for (var file : files) {
            found.put(file, folder.resolve(file.role().word()));
        }
        return found;
    }
}
