package dev.paddock.host.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The header of a disk in the format qcow2.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qcow2.html">The qcow2 image format</a>
 */
final class Qcow2 {
    private static final int MAGIC = 0x514649fb;
    private static final int BACKING_FILE_OFFSET = 8;
    private static final int VERSION = 4;
    private static final int INCOMPATIBLE_FEATURES = 72;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final int HEADER = 104;

    private Qcow2() {}

    /** Refuse a disk that is not of its format, or names files of the host's that QEMU would then read. */
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

    private static ImageException wrong(String detail, String fix) {
        return new ImageException(Diagnostic.error(Code.IMAGE_UNFIT, detail, fix));
    }
}
