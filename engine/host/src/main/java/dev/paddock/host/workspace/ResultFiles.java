package dev.paddock.host.workspace;

import dev.paddock.host.guest.TarPacker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Selects the results to pack: files and folders. QEMU stores everything else as plain files, too; its type in the
 * guest is in the attribute {@code user.virtfs.mode} (hw/9pfs/9p-local.c), which the guest can write.
 */
final class ResultFiles implements TarPacker.Rules {
    private static final String MODE = "virtfs.mode";
    private static final int TYPE = 0170000;
    private static final int FILE = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;

    private static final int MODE_OF_FILES = 0644;
    private static final int MODE_OF_FOLDERS = 0755;

    /** Java's replacement for bytes that are not text. */
    private static final char NO_LETTER = '\ufffd';

    private final long most;
    private long files;
    private long bytes;

    /** @param most the maximum size in bytes, holes in files included: the size of the workspace */
    ResultFiles(long most) {
        this.most = most;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public Optional<String> objection(Path path, PosixFileAttributes about) throws IOException {
        if (path.toString().indexOf(NO_LETTER) >= 0) {
            return Optional.of("its name is not UTF-8");
        }
        if (!about.isRegularFile() && !about.isDirectory()) {
            return Optional.of("neither file nor folder");
        }
        var mode = mode(path);
        var wanted = about.isDirectory() ? FOLDER : FILE;
        if (mode.isPresent() && (mode.getAsInt() & TYPE) != wanted) {
            return Optional.of((mode.getAsInt() & TYPE) == LINK ? "a link" : "neither file nor folder");
        }
        if (about.isRegularFile()) {
            if (about.size() > most - bytes) {
                return Optional.of("larger than what is left of the %d bytes of the workspace".formatted(most));
            }
            files++;
            bytes += about.size();
        }
        return Optional.empty();
    }

    @Override
    public int mode(Path path, PosixFileAttributes about) throws IOException {
        return mode(path).orElse(about.isDirectory() ? MODE_OF_FOLDERS : MODE_OF_FILES);
    }

    private static OptionalInt mode(Path path) throws IOException {
        var view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.list().contains(MODE) || view.size(MODE) != Integer.BYTES) {
            return OptionalInt.empty();
        }
        var value = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        view.read(MODE, value);
        return OptionalInt.of(value.getInt(0));
    }
}
