package dev.paddock.host.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Decompresses files. The format is detected by the first bytes, whatever the name. */
final class Decompressor {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    /** The maximum dictionary size of xz, in KiB; only an attacker would use a larger one. */
    private static final int MOST_KIBIBYTES = 256 << 10;

    private Decompressor() {}

    /** Return the decompressed content as a stream; the file itself if it is not compressed. */
    static InputStream of(InputStream file) throws IOException {
        var content = new BufferedInputStream(file, 1 << 16);
        content.mark(XZ.length);
        var start = content.readNBytes(XZ.length);
        content.reset();
        if (startsWith(start, GZIP)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(content)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (startsWith(start, XZ)) {
            return XZCompressorInputStream.builder()
                    .setInputStream(content)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(MOST_KIBIBYTES)
                    .get();
        }
        if (startsWith(start, ZSTD)) {
            useOwnFolder();
            return new ZstdCompressorInputStream(content);
        }
        return content;
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    /**
     * zstd-jni extracts its native library into a folder that must allow execution, which /tmp on some machines does
     * not.
     */
    private static void useOwnFolder() {
        var own = System.getProperty("jna.tmpdir");
        if (own != null && System.getProperty("ZstdTempFolder") == null) {
            System.setProperty("ZstdTempFolder", own);
        }
    }
}
