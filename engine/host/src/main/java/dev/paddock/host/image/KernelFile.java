package dev.paddock.host.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A bootable kernel: the compressed one of a distribution, which decompresses itself first, or the inner one.
 *
 * <p>QEMU also boots the inner kernel (PVH). Decompressing it takes an emulated processor several seconds at each boot.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/arch/x86/boot.html">The Linux/x86 Boot Protocol</a>
 */
final class KernelFile {
    private static final int SETUP_SECTORS = 0x1f1;
    private static final int MAGIC = 0x202;
    private static final int HDRS = 0x53726448;
    private static final int VERSION = 0x206;
    private static final int TELLS_OF_PAYLOAD = 0x208;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int SECTOR = 512;
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private KernelFile() {}

    /** Write the inner kernel of a file, or a copy of the file if its compression is unknown. */
    static void unpack(Path from, Path to) throws IOException {
        var content = Files.readAllBytes(from);
        var inner = inner(content);
        Files.write(
                to, Arrays.equals(inner, 0, Math.min(ELF.length, inner.length), ELF, 0, ELF.length) ? inner : content);
    }

    private static byte[] inner(byte[] content) {
        var header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < PAYLOAD_LENGTH + Integer.BYTES
                || header.getInt(MAGIC) != HDRS
                || header.getShort(VERSION) < TELLS_OF_PAYLOAD) {
            return content;
        }
        var start = ((content[SETUP_SECTORS] & 0xff) + 1) * SECTOR + header.getInt(PAYLOAD_OFFSET);
        var length = header.getInt(PAYLOAD_LENGTH);
        if (start < 0 || length < Integer.BYTES || start + length > content.length) {
            return content;
        }
        // The kernel's build appends the uncompressed size, and some formats do not mark the end of their data.
        var size = header.getInt(start + length - Integer.BYTES);
        try (var payload = Decompressor.of(new ByteArrayInputStream(content, start, length))) {
            return size < 0 ? content : payload.readNBytes(size);
        } catch (IOException compressedOtherwise) {
            return content;
        }
    }
}
