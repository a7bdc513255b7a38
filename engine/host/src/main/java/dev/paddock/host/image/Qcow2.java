package dev.paddock.host.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The header of a disk in the format qcow2.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qcow2.html">The qcow2 image format</a>
 */
public final class Qcow2 {
    private static final int MAGIC = 0x514649fb;
    private static final int BACKING_FILE_OFFSET = 8;
    private static final int VERSION = 4;
    private static final int INCOMPATIBLE_FEATURES = 72;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final int HEADER = 104;
    private static final int BACKING_FILE_SIZE = 16;
    private static final int LONGEST_BACKING_FILE = 1023;

    private Qcow2() {}

    /**
     * Refuse a disk that does not have the declared format, or that refers to files of the host, which QEMU would read.
     */
    static void check(String image, String format, Path disk) throws ImageException, IOException {
        byte[] start;
        try (var content = Files.newInputStream(disk)) {
            start = content.readNBytes(HEADER);
        }
        var header = ByteBuffer.wrap(java.util.Arrays.copyOf(start, HEADER));
        var isQcow2 = header.getInt(0) == MAGIC;
        if (isQcow2 != format.equals("qcow2")) {
            throw wrong(
                    "The image " + image + " is said to be " + format + ", and is "
                            + (isQcow2 ? "qcow2." : "something else."),
                    isQcow2 ? "Write format: qcow2." : "Write format: raw, if it is a raw disk.");
        }
        var isOfSeveral = isQcow2
                && (header.getLong(BACKING_FILE_OFFSET) != 0
                        || (header.getInt(VERSION) >= 3
                                && (header.getLong(INCOMPATIBLE_FEATURES) & EXTERNAL_DATA) != 0));
        if (isOfSeveral) {
            throw wrong(
                    "The image " + image + " is no disk by itself: it names another file that it needs, which a host"
                            + " would look for among its own.",
                    "Make one file of it: qemu-img convert -O qcow2 FILE NEW.");
        }
    }

    /**
     * Return the path of an image's backing file; empty if it has none, or names it otherwise than by a path.
     *
     * @param root the root of the host's files
     * @param image absolute path on the host
     */
    public static Optional<String> backingFile(Path root, String image) {
        var file = root.resolve(image.substring(1));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var disk = new RandomAccessFile(file.toFile(), "r")) {
            var start = new byte[BACKING_FILE_SIZE + Integer.BYTES];
            if (disk.length() < start.length) {
                return Optional.empty();
            }
            disk.readFully(start);
            var header = ByteBuffer.wrap(start);
            var offset = header.getLong(BACKING_FILE_OFFSET);
            var length = header.getInt(BACKING_FILE_SIZE);
            if (header.getInt(0) != MAGIC || offset == 0 || length <= 0 || length > LONGEST_BACKING_FILE) {
                return Optional.empty();
            }
            var name = new byte[length];
            disk.seek(offset);
            disk.readFully(name);
            return absolute(image, new String(name, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> absolute(String image, String name) {
        if (name.contains(":")) {
            return Optional.empty();
        }
        var folder = Optional.ofNullable(Path.of(image).getParent()).orElse(Path.of("/"));
        return Optional.of(folder.resolve(name).normalize().toString());
    }

    private static ImageException wrong(String detail, String fix) {
        return new ImageException(Diagnostic.error(Code.IMAGE_UNFIT, detail, fix));
    }
}
