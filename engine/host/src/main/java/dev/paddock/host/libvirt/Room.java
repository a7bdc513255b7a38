package dev.paddock.host.libvirt;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.libvirt.StoragePool;

/**
 * Whether a file has room in a storage pool. Asked before it is sent: of a disk that fills up meanwhile some libvirts never
 * tell, as the daemon of Debian 13 ends, or answers no more, when it cannot write what it is sent.
 */
final class Room {
    private static final int BLOCK = 1 << 17;

    private Room() {}

    /** Refuse a file that has none. What is all zeros is not sent, and takes none. */
    static void require(WriteConnection connection, StoragePool pool, String name, Path source) throws IOException {
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
        return StoragePoolWriting.document(connection, pool)
                .childText("available")
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
    }

    /** Return how much of a file is not all zeros; more than enough is not counted to its end. */
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
