package dev.paddock.host.libvirt.storage;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.binding.GuestCalls;
import dev.paddock.host.libvirt.binding.StreamCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Fills a new volume, which contains only zeros, through libvirt. Long runs of zeros are not sent. */
final class Upload {
    /** virStorageVolUploadFlags: VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM. */
    private static final int SPARSE = 1;

    /** Below libvirt's maximum message payload of 262,120 bytes. */
    private static final int BLOCK = 1 << 17;

    private Upload() {}

    /**
     * Send a whole source, and check whether its end was written.
     *
     * @param sent receives the number of bytes sent after each block
     */
    static void send(WriteConnection connection, Pointer volume, InputStream source, LongConsumer sent)
            throws IOException {
        var stream = StreamCalls.virStreamNew(connection.pointer(), 0);
        if (stream == null) {
            throw connection.failure();
        }
        Optional<Block> last;
        try {
            check(connection, StreamCalls.virStorageVolUpload(volume, stream, 0, 0, SPARSE));
            var isFinished = false;
            try {
                last = pump(connection, stream, source, sent);
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
        if (last.isPresent() && !last.get().isIn(connection, volume)) {
            throw new HostException(
                    Failure.REFUSED,
                    0,
                    0,
                    "libvirt took all of it, and its end was not written. The usual cause is: No space left on device");
        }
    }

    /** Return the last block that is not only zeros. */
    private static Optional<Block> pump(
            WriteConnection connection, Pointer stream, InputStream source, LongConsumer sent) throws IOException {
        var block = new byte[BLOCK];
        var zeros = new byte[BLOCK];
        var hole = 0L;
        var done = 0L;
        Optional<Block> last = Optional.empty();
        for (var length = source.readNBytes(block, 0, BLOCK); length > 0; length = source.readNBytes(block, 0, BLOCK)) {
            if (Arrays.equals(block, 0, length, zeros, 0, length)) {
                hole += length;
            } else {
                hole = sendHole(connection, stream, hole);
                var data = Arrays.copyOf(block, length);
                sendAll(connection, stream, data);
                last = Optional.of(new Block(done, data));
            }
            done += length;
            sent.accept(done);
        }
        sendHole(connection, stream, hole);
        return last;
    }

    /**
     * A block and its position. libvirtd writes in a thread that ends at the first error, and sometimes the error is
     * lost between the last data and the end of the stream. So the last block shows whether everything was written.
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
    private record Block(long offset, byte[] data) {
        boolean isIn(WriteConnection connection, Pointer volume) {
            var stream = StreamCalls.virStreamNew(connection.pointer(), 0);
            if (stream == null) {
                throw connection.failure();
            }
            try {
                check(connection, StreamCalls.virStorageVolDownload(volume, stream, offset, data.length, 0));
                var read = new byte[data.length];
                var part = new byte[data.length];
                var length = 0;
                while (length < read.length) {
                    var taken = GuestCalls.virStreamRecv(stream, part, read.length - length);
                    check(connection, taken);
                    if (taken == 0) {
                        break;
                    }
                    System.arraycopy(part, 0, read, length, taken);
                    length += taken;
                }
                StreamCalls.virStreamAbort(stream);
                return Arrays.equals(read, data);
            } finally {
                StreamCalls.virStreamFree(stream);
            }
        }
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

    /** Take the reason before the next call overwrites it. */
    private static void check(WriteConnection connection, int result) throws HostException {
        if (result < 0) {
            throw connection.failure();
        }
    }
}
