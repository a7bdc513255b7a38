package dev.paddock.host.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageFileRole;
import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.host.guest.AgentBinary;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.process.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the files of images on this computer, or returns those made before. */
public final class ImageFiles {
    private final ImageCache cache;

    public ImageFiles(ImageCache cache) {
        this.cache = cache;
    }

    /** Return the files of an image, made first if missing. */
    public LocalImage of(ImageSpec image, ProgressListener progress) throws ImageException {
        return switch (image.source()) {
            case ImageSource.Build build -> built(image, build, progress);
            case ImageSource.Local local -> found(image, local);
            case ImageSource.Download download -> downloaded(image, download, progress);
            case ImageSource.Seed seed -> made(image, seed);
        };
    }

    /**
     * Work on an image of a host while no other process of this user does.
     *
     * @param host the host's URI
     */
    public <T, X extends Exception> T holding(ImageSpec image, String host, FileLock.Work<T, X> work)
            throws ImageException, X {
        var name = image.objectName() + "-" + Integer.toHexString(host.hashCode()) + ".lock";
        try {
            return FileLock.holding(cache.folder().resolveSibling("uploads").resolve(name), work);
        } catch (IOException failure) {
            throw cache.unwritable(failure);
        }
    }

    private LocalImage built(ImageSpec image, ImageSource.Build build, ProgressListener progress)
            throws ImageException {
        var folder = cache.keep(image.digest(), unfinished -> {
            progress.at("building", 0, 0);
            CacheFolders.empty(unfinished);
            var work = unfinished.resolve("work");
            switch (ImageRecipe.of(build.recipe()).orElseThrow()) {
                case TINY ->
                    TinyBuild.build(
                            work,
                            agent(),
                            unfinished.resolve(ImageFileRole.KERNEL.word()),
                            unfinished.resolve(ImageFileRole.INITRD.word()));
                case DEBIAN -> DebianBuild.build(work, agent(), unfinished.resolve(ImageFileRole.DISK.word()));
            }
            CacheFolders.delete(work);
        });
        return new LocalImage(named(folder, image.files()));
    }

    private Path agent() throws ImageException {
        try {
            return AgentBinary.in(cache.folder().resolveSibling("agent"));
        } catch (GuestException failure) {
            throw new ImageException(failure.diagnostic());
        }
    }

    private LocalImage downloaded(ImageSpec image, ImageSource.Download download, ProgressListener progress)
            throws ImageException {
        var folder = cache.keep(image.digest(), unfinished -> {
            ImageDownloader.download(download, unfinished, unfinished.resolve(ImageFileRole.DISK.word()), progress);
        });
        var files = named(folder, image.files());
        check(image, files.get(image.files().getFirst()));
        return new LocalImage(files);
    }

    private static LocalImage found(ImageSpec image, ImageSource.Local local) throws ImageException {
        check(image, local.file());
        return new LocalImage(Map.of(image.files().getFirst(), local.file()));
    }

    private static void check(ImageSpec image, @Nullable Path disk) throws ImageException {
        var file = Objects.requireNonNull(disk);
        try {
            Qcow2.check(image.name(), image.format(), file);
        } catch (IOException unreadable) {
            throw new ImageException(Diagnostic.error(
                    Code.FILE_UNREADABLE,
                    "The file " + file + " of the image " + image.name() + " cannot be read: "
                            + unreadable.getMessage(),
                    "See that it is there and readable, and apply again."));
        }
    }

    private static LocalImage made(ImageSpec image, ImageSource.Seed seed) throws ImageException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            var folder = Files.createTempDirectory("paddock-", owner);
            var disc = folder.resolve(ImageFileRole.CDROM.word());
            var isMade = false;
            try {
                SeedIso.make(seed.files(), folder, disc);
                isMade = true;
                return new LocalImage(Map.of(image.files().getFirst(), disc), Optional.of(folder));
            } finally {
                if (!isMade) {
                    CacheFolders.delete(folder);
                }
            }
        } catch (IOException full) {
            throw ImageException.notBuilt(
                    "The disc for the first boot could not be made: " + full.getMessage() + ".",
                    "Make room in " + System.getProperty("java.io.tmpdir") + ", and apply again.");
        }
    }

    /** Hosts may keep the same content under several names, but this computer stores it once. */
    private static Map<ImageFile, Path> named(Path folder, List<ImageFile> files) {
        Map<ImageFile, Path> found = new LinkedHashMap<>();
        for (var file : files) {
            found.put(file, folder.resolve(file.role().word()));
        }
        return found;
    }
}
