package dev.paddock.host.libvirt.guest;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.GuestPort;
import dev.paddock.host.libvirt.binding.ChannelCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ConnectionGuard;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A channel of a guest, through a blocking stream of libvirt. One thread may wait for bytes while another sends: the
 * thread that waits for the socket passes the other its data.
 */
final class ChannelPort implements GuestPort {
    /** What libvirtd sends at once, in bytes. */
    private static final int MOST = 256 * 1024;

    private final GuestConnection connection;
    private final Pointer stream;
    private final Memory received = new Memory(MOST);
    private final Memory sent = new Memory(MOST);
    private final ConnectionGuard gate = new ConnectionGuard();
    private final AtomicBoolean closed = new AtomicBoolean();

    ChannelPort(GuestConnection connection, Pointer stream) {
        this.connection = connection;
        this.stream = stream;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return gate.using(() -> {
            var read = ChannelCalls.virStreamRecv(stream, received, Math.min(length, MOST));
            if (read < 0) {
                throw failure();
            }
            received.read(0, buffer, offset, read);
            return read;
        });
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        gate.using(() -> {
            for (var at = 0; at < length; ) {
                var part = Math.min(length - at, MOST);
                sent.write(0, bytes, offset + at, part);
                var written = ChannelCalls.virStreamSend(stream, sent, part);
                if (written < 0) {
                    throw failure();
                }
                at += written;
            }
            return true;
        });
    }

    /** If libvirt ended a stream because another client took the channel, the error does not say so. */
    private RuntimeException failure() {
        var failure = connection.failure();
        return failure.code() == LibvirtError.RPC && failure.failure() != Failure.LOST
                ? GuestException.gone()
                : failure;
    }

    /** Ends a call that waits for bytes, so that the stream can be freed. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        ChannelCalls.virStreamAbort(stream);
        ReadCalls.virResetLastError();
        gate.close(() -> {
            ChannelCalls.virStreamFree(stream);
            connection.close();
            received.close();
            sent.close();
        });
    }
}
