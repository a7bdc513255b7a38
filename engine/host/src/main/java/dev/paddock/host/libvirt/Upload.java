package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Fills a new volume, which is all zeros, through libvirt. Long runs of zeros are not sent. */
final class Upload {
    /** virStorageVolUploadFlags: VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM. */
    private static final int SPARSE = 1;

    /** Less than a message of libvirt's may carry, 262,120 bytes. */
    private static final int BLOCK = 1 << 17;

    private Upload() {}

    /**
     * Send all of a source.
     *
     * @param sent told after each block how much was sent
     */
    static void send(WriteConnection connection, Pointer volume, InputStream source, LongConsumer sent)
            throws IOException {
        var stream = StreamCalls.virStreamNew(connection.pointer(), 0);
        if (stream == null) {
            throw connection.failure();
        }
        try {
            check(connection, StreamCalls.virStorageVolUpload(volume, stream, 0, 0, SPARSE));
            var isFinished = false;
            try {
                pump(connection, stream, source, sent);
                check(connection, StreamCalls.virStreamFinish(stream));
                isFinished = true;
            } finally {
                if (!isFinished) {
                    StreamCalls.virStreamAbort(stream);
                }
            }
        } finally {
            StreamCalls.virStreamFree(stream);
        }
    }

    private static void pump(WriteConnection connection, Pointer stream, InputStream source, LongConsumer sent)
            throws IOException {
        var block = new byte[BLOCK];
        var zeros = new byte[BLOCK];
        var hole = 0L;
        var done = 0L;
        for (var length = source.readNBytes(block, 0, BLOCK); length > 0; length = source.readNBytes(block, 0, BLOCK)) {
            if (Arrays.equals(block, 0, length, zeros, 0, length)) {
                hole += length;
            } else {
                hole = sendHole(connection, stream, hole);
                sendAll(connection, stream, length == BLOCK ? block : Arrays.copyOf(block, length));
            }
            done += length;
            sent.accept(done);
        }
        sendHole(connection, stream, hole);
    }

    private static long sendHole(WriteConnection connection, Pointer stream, long length) {
        if (length > 0) {
            check(connection, StreamCalls.virStreamSendHole(stream, length, 0));
        }
        return 0;
    }

    private static void sendAll(WriteConnection connection, Pointer stream, byte[] data) {
        for (var rest = data; rest.length > 0; ) {
            var taken = StreamCalls.virStreamSend(stream, rest, rest.length);
            check(connection, taken);
            rest = Arrays.copyOfRange(rest, taken, rest.length);
        }
    }

    /** The reason has to be taken before the next call. */
    private static void check(WriteConnection connection, int result) throws HostException {
        if (result < 0) {
            throw connection.failure();
        }
    }
}
