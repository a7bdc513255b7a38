package dev.paddock.host.lab;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Checks without the client library whether a libvirtd answers at a socket.
 *
 * <p>It sends REMOTE_PROC_AUTH_LIST, the first request of every client. libvirtd listens early but answers only once
 * its drivers are ready, so an answer means more than an open socket. See libvirt's "RPC protocol and APIs", packet
 * structure.
 */
final class LibvirtSocket {
    private static final int REMOTE_PROGRAM = 0x20008086;
    private static final int REMOTE_PROTOCOL_VERSION = 1;
    private static final int AUTH_LIST = 66;
    private static final int CALL = 0;
    private static final int PACKET_LENGTH = 28;

    private LibvirtSocket() {}

    static boolean answers(Path socket, Duration limit) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                var selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(question());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return selector.select(limit.toMillis()) > 0 && hasAnswer(channel);
        } catch (IOException | UnsupportedOperationException nobodyThere) {
            return false;
        }
    }

    /** Return whether data arrived: a channel closed by the peer is readable as well. */
    private static boolean hasAnswer(SocketChannel channel) throws IOException {
        return channel.read(ByteBuffer.allocate(PACKET_LENGTH)) > 0;
    }

    private static ByteBuffer question() {
        return ByteBuffer.allocate(PACKET_LENGTH)
                .putInt(PACKET_LENGTH)
                .putInt(REMOTE_PROGRAM)
                .putInt(REMOTE_PROTOCOL_VERSION)
                .putInt(AUTH_LIST)
                .putInt(CALL)
                .putInt(0)
                .putInt(0)
                .flip();
    }
}
