package dev.paddock.host.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** A socket in place of a port. */
record SocketPort(SocketChannel channel) implements GuestPort {
    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return Math.max(0, channel.read(ByteBuffer.wrap(buffer, offset, length)));
        } catch (ClosedChannelException closed) {
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            var left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
