package dev.paddock.host.guest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Extracts an archive from a guest onto this machine. The archive is not trusted: names stay below the target, and pass
 * through no link, neither from the archive nor from the disk. Devices and hard links, which would need a trusted
 * guest, end the extraction. Owners and the set-user-ID, set-group-ID and sticky bits are ignored.
 *
 * <p>A process that can write to the target meanwhile can still redirect the extraction.
 */
public final class TarExtractor {
    private static final int BUFFER = 64 * 1024;
    private static final String TOP = ".";

    /** Only the owner may read unfinished files. */
    private static final Set<PosixFilePermission> UNFINISHED_FILE = PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> UNFINISHED_FOLDER = PosixFilePermissions.fromString("rwx------");

    private record Finish(Path folder, TarArchiveEntry entry) {}

    private final Path target;
    private final Deque<Finish> folders = new ArrayDeque<>();
    private final List<String> complaints = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];

    private TarExtractor(Path target) {
        this.target = target;
    }

    /**
     * Extract an archive.
     *
     * @param target the path of the extracted file or folder; its parent folder exists
     * @return what could not be extracted, and why
     * @throws IOException if the archive is truncated, cannot be written, or is not one that an honest guest sends
     */
    public static List<String> unpack(InputStream from, Path target) throws IOException {
        var unpacking = new TarExtractor(target);
        try (var archive = new TarArchiveInputStream(from, "UTF-8")) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpacking.unpack(archive, entry);
            }
        } finally {
            unpacking.finish();
        }
        return unpacking.complaints;
    }

    private void unpack(TarArchiveInputStream archive, TarArchiveEntry entry) throws IOException {
        var place = place(entry.getName());
        try {
            switch (entry.getLinkFlag()) {
                case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> file(archive, entry, place);
                case TarConstants.LF_DIR -> folder(entry, place);
                case TarConstants.LF_SYMLINK -> link(entry, place);
                default -> throw hostile(entry.getName(), "it is neither file, folder nor symbolic link");
            }
        } catch (FileSystemException inTheWay) {
            complaints.add(place + ": " + reason(inTheWay));
        }
    }

    private static String reason(FileSystemException failure) {
        var reason = failure.getReason();
        return failure.getClass().getSimpleName().replace("Exception", "") + (reason == null ? "" : ": " + reason);
    }

    /** Return the path of an entry after checking that all its parents are folders. */
    private Path place(String name) throws IOException {
        var plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (plain.equals(TOP)) {
            return target;
        }
        if (!plain.startsWith("./")) {
            throw hostile(name, "its name does not begin with ./");
        }
        var place = target;
        for (var part : plain.substring(2).split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw hostile(name, "its name leads elsewhere");
            }
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw hostile(name, "it is in something that is no folder");
            }
            try {
                place = place.resolve(part);
            } catch (InvalidPathException odd) {
                throw hostile(name, "its name is none");
            }
        }
        return place;
    }

    private static IOException hostile(String name, String why) {
        return new IOException("The guest sent what cannot be unpacked safely: \"" + name + "\", " + why + ".");
    }

    private void folder(TarArchiveEntry entry, Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            // An existing folder stays as it is.
            return;
        }
        Files.createDirectory(place, PosixFilePermissions.asFileAttribute(UNFINISHED_FOLDER));
        folders.push(new Finish(place, entry));
    }

    /** Write a file beside its path and rename it when it is complete. That replaces a link instead of following it. */
    private void file(TarArchiveInputStream archive, TarArchiveEntry entry, Path place) throws IOException {
        refuseFolder(place);
        var beside = beside(place);
        try {
            try (var file = Files.newOutputStream(beside, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                var left = entry.getSize();
                while (left > 0) {
                    var read = archive.read(buffer, 0, (int) Math.min(left, BUFFER));
                    if (read < 0) {
                        throw new EOFException("What the guest sends breaks off in the middle of a file.");
                    }
                    file.write(buffer, 0, read);
                    left -= read;
                }
            }
            adorn(beside, entry);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void link(TarArchiveEntry entry, Path place) throws IOException {
        refuseFolder(place);
        var beside = beside(place);
        Files.delete(beside);
        try {
            Files.createSymbolicLink(beside, Path.of(entry.getLinkName()));
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (InvalidPathException odd) {
            throw hostile(entry.getName(), "its target is no path");
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void refuseFolder(Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(place.toString(), null, "a folder is in the way");
        }
    }

    private static Path beside(Path place) throws IOException {
        var folder = place.getParent();
        if (folder == null) {
            throw new NotDirectoryException(place.toString());
        }
        return Files.createTempFile(
                folder, ".paddock-", ".part", PosixFilePermissions.asFileAttribute(UNFINISHED_FILE));
    }

    private void finish() throws IOException {
        for (var finish : folders) {
            if (Files.isDirectory(finish.folder(), LinkOption.NOFOLLOW_LINKS)) {
                adorn(finish.folder(), finish.entry());
            }
        }
    }

    private static void adorn(Path path, TarArchiveEntry entry) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setTimes(FileTime.from(entry.getLastModifiedTime().toInstant()), null, null);
        view.setPermissions(permissions(entry.getMode()));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        // From the owner's read bit down to the others' execute bit.
        var bit = 0400;
        for (var permission : PosixFilePermission.values()) {
            if ((mode & bit) != 0) {
                permissions.add(permission);
            }
            bit >>= 1;
        }
        return permissions;
    }
}
