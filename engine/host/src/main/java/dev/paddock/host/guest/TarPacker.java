package dev.paddock.host.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Packs a file or folder of this machine into a tar archive. The file or folder itself has the name ".", its content
 * "./NAME". Links are packed as links; only the path given by the caller may contain links.
 */
public final class TarPacker {
    private static final int BUFFER = 64 * 1024;

    private final TarArchiveOutputStream archive;
    private final List<String> complaints = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];

    private final Rules rules;

    private TarPacker(TarArchiveOutputStream archive, Rules rules) {
        this.archive = archive;
        this.rules = rules;
    }

    /** Which files are packed, and how. */
    public interface Rules {
        /** Return why a file is not packed; empty if it is. The content of an excluded folder is not visited. */
        Optional<String> objection(Path path, PosixFileAttributes about) throws IOException;

        /** Return the mode in the archive; only the lowest nine bits count. */
        int mode(Path path, PosixFileAttributes about) throws IOException;
    }

    /** Packs everything as it is. */
    private static final Rules ALL = new Rules() {
        @Override
        public Optional<String> objection(Path path, PosixFileAttributes about) {
            return Optional.empty();
        }

        @Override
        public int mode(Path path, PosixFileAttributes about) {
            return bits(about.permissions());
        }
    };

    /**
     * Pack a file or folder.
     *
     * @return what could not be packed, and why
     * @throws IOException if the archive cannot be written, or there is nothing to pack
     */
    public static List<String> pack(Path source, OutputStream to) throws IOException {
        return pack(source.toRealPath(), to, ALL);
    }

    /**
     * Pack a file or folder by rules.
     *
     * @param source may contain no links except those in /proc
     */
    public static List<String> pack(Path source, OutputStream to, Rules rules) throws IOException {
        var archive = new TarArchiveOutputStream(to, "UTF-8");
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        var packing = new TarPacker(archive, rules);
        packing.pack(source, ".");
        archive.finish();
        archive.flush();
        return packing.complaints;
    }

    private void pack(Path path, String name) throws IOException {
        PosixFileAttributes about;
        try {
            about = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            complaints.add(path + ": it is gone");
            return;
        } catch (FileSystemException unreadable) {
            complaints.add(path + ": " + unreadable);
            return;
        }
        var objection = rules.objection(path, about);
        if (objection.isPresent()) {
            complaints.add(path + ": " + objection.get());
            return;
        }
        if (about.isSymbolicLink()) {
            var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
            put(entry, path, about);
            archive.closeArchiveEntry();
        } else if (about.isDirectory()) {
            packFolder(path, name, about);
        } else if (about.isRegularFile()) {
            packFile(path, name, about);
        } else {
            complaints.add(path + ": neither file, folder nor link");
        }
    }

    private void put(TarArchiveEntry entry, Path path, PosixFileAttributes about) throws IOException {
        entry.setMode(rules.mode(path, about) & 0777);
        entry.setModTime(about.lastModifiedTime().toMillis());
        archive.putArchiveEntry(entry);
    }

    private void packFolder(Path path, String name, PosixFileAttributes about) throws IOException {
        put(new TarArchiveEntry(name + "/", TarConstants.LF_DIR), path, about);
        archive.closeArchiveEntry();
        var inside = new TreeSet<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            entries.forEach(inside::add);
        } catch (IOException unreadable) {
            complaints.add(path + ": " + unreadable);
        }
        for (var entry : inside) {
            pack(entry, name + "/" + entry.getFileName());
        }
    }

    /** Pack the initial size of the file, even if the file changes meanwhile. */
    private void packFile(Path path, String name, PosixFileAttributes about) throws IOException {
        try (var content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
            entry.setSize(about.size());
            put(entry, path, about);
            var left = about.size();
            while (left > 0) {
                var read = content.read(buffer, 0, (int) Math.min(left, BUFFER));
                if (read < 0) {
                    complaints.add(path + ": it became shorter while it was read");
                    break;
                }
                archive.write(buffer, 0, read);
                left -= read;
            }
            Arrays.fill(buffer, (byte) 0);
            for (; left > 0; left -= Math.min(left, BUFFER)) {
                archive.write(buffer, 0, (int) Math.min(left, BUFFER));
            }
            archive.closeArchiveEntry();
        } catch (FileSystemException unreadable) {
            complaints.add(path + ": " + unreadable);
        }
    }

    private static int bits(Set<PosixFilePermission> permissions) {
        var mode = 0;
        // From the owner's read bit, 0400, down to the others' execute bit, 0001.
        for (var permission : PosixFilePermission.values()) {
            mode = (mode << 1) | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }
}
