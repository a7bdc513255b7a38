package dev.paddock.testkit.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A conversation with the shell that a {@link LinuxGuest} has on its serial port, which is a socket on the host. */
public final class SerialShell implements AutoCloseable {
    /** What is typed before the guest reads is lost, so it is typed again after this. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SocketChannel channel;
    private final Selector selector;
    private final StringBuilder heard = new StringBuilder();
    private int questions;

    private SerialShell(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** Connect, and wait until the guest answers. */
    public static SerialShell on(Path socket) {
        try {
            var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            var selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            var shell = new SerialShell(channel, selector);
            shell.greet();
            return shell;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void greet() throws IOException {
        for (var waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(AGAIN)) {
            write("\necho =here=\n");
            if (hears("=here=", AGAIN)) {
                return;
            }
        }
        throw new AssertionError("The guest does not answer: " + heard);
    }

    /** Run a line, and return what it prints. */
    public String run(String line) {
        var end = "=" + ++questions + "=";
        try {
            // In two parts, as a terminal may echo what is typed.
            write(line + "; echo =''" + questions + "=\n");
            if (!hears(end, PATIENCE)) {
                throw new AssertionError("The guest does not answer: " + heard);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var at = heard.indexOf(end);
        var answer = heard.substring(0, at).replace("\r", "").replace("=here=\n", "");
        heard.delete(0, at + end.length());
        return answer.strip();
    }

    private void write(String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private boolean hears(String text, Duration patience) throws IOException {
        var end = System.nanoTime() + patience.toNanos();
        var buffer = ByteBuffer.allocate(1 << 12);
        while (heard.indexOf(text) < 0) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive() || selector.select(Math.max(1, left.toMillis())) == 0) {
                return false;
            }
            selector.selectedKeys().clear();
            if (channel.read(buffer.clear()) < 0) {
                throw new IOException("The guest has ended. It said: " + heard);
            }
            heard.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
        }
        return true;
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
