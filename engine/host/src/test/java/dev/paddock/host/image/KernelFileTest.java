package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelFileTest {
    private static final byte[] INNER = "\177ELF and what follows".getBytes(StandardCharsets.ISO_8859_1);
    private static final int PAYLOAD = 1024;

    @TempDir
    Path folder;

    @Test
    void whatXzCompressedIsUnpacked() throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var out = new XZOutputStream(compressed, new LZMA2Options(1))) {
            out.write(INNER);
        }
        assertThat(unpacked(image(compressed.toByteArray()))).isEqualTo(INNER);
    }

    @Test
    void whatZstdCompressedIsUnpacked() throws IOException {
        assertThat(unpacked(image(Zstd.compress(INNER)))).isEqualTo(INNER);
    }

    @Test
    void aKernelThatIsCompressedOtherwiseIsKept() throws IOException {
        var image = image(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(unpacked(image)).isEqualTo(image);
    }

    private byte[] unpacked(byte[] image) throws IOException {
        var from = Files.write(folder.resolve("vmlinuz"), image);
        var to = folder.resolve("kernel");
        KernelFile.unpack(from, to);
        return Files.readAllBytes(to);
    }

    /** Return a kernel by the x86 boot protocol, of one sector of set-up code, whose payload is followed by its size. */
    private static byte[] image(byte[] compressed) {
        var image = ByteBuffer.allocate(PAYLOAD + compressed.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0x1f1, (byte) 1)
                .putInt(0x202, 0x53726448)
                .putShort(0x206, (short) 0x20f)
                .putInt(0x248, 0)
                .putInt(0x24c, compressed.length + Integer.BYTES);
        return image.position(PAYLOAD).put(compressed).putInt(INNER.length).array();
    }
}
