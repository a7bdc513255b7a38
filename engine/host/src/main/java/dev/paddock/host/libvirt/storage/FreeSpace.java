package dev.paddock.host.libvirt.storage;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.libvirt.StoragePool;

/**
 * Checks whether a file fits into a storage pool before it is sent: some versions of libvirt never report that a disk
 * fills up meanwhile. The daemon of Debian 13 ends or hangs when it cannot write the data.
 */
public final class FreeSpace {
    private static final int BLOCK = 1 << 17;

    private FreeSpace() {}

    /** Refuse a file that does not fit. Zeros are not sent and take no space. */
    public static void require(WriteConnection connection, StoragePool pool, String name, Path source)
            throws IOException {
        var free = free(connection, pool);
        if (Files.size(source) <= free) {
            return;
        }
        var needed = data(source, free);
        if (needed > free) {
            throw new HostException(
                            Failure.REFUSED,
                            0,
                            0,
                            "No space left on device: %s needs %d KiB, and the storage pool %s has %d KiB left"
                                    .formatted(
                                            name,
                                            Math.ceilDiv(Files.size(source), 1 << 10),
                                            connection.call(pool::getName),
                                            free >> 10))
                    .withAdvice("Make room on the host, and apply again.");
        }
    }

    private static long free(WriteConnection connection, StoragePool pool) {
        return StoragePoolWriter.document(connection, pool)
                .childText("available")
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
    }

    /** Return how much of a file is not zeros, in bytes; stops counting beyond {@code enough}. */
    static long data(Path source, long enough) throws IOException {
        var zeros = new byte[BLOCK];
        var block = new byte[BLOCK];
        var count = 0L;
        try (var content = Files.newInputStream(source)) {
            for (var length = read(content, block); length > 0 && count <= enough; length = read(content, block)) {
                count += Arrays.equals(block, 0, length, zeros, 0, length) ? 0 : length;
            }
        }
        return count;
    }

    private static int read(InputStream content, byte[] block) throws IOException {
        return content.readNBytes(block, 0, BLOCK);
    }
}
