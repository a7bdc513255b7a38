package dev.paddock.cli.poolclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Asks the keeper, one question a connection.
 *
 * <p>The JDK's own HTTP client knows no Unix sockets, and any other would take longer to load than a guest takes to be
 * acquired. HTTP/1.0 is little enough to be written here: it has no chunks, and its end is the end of the connection.
 */
public final class PoolHttpClient {
    private static final int BUFFER = 16 * 1024;

    private PoolHttpClient() {}

    /** What was answered. */
    public record Reply(int status, String body) {
        public boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /** @throws IOException when nobody listens there, or what is said is no HTTP */
    public static Reply ask(Path socket, String method, String path, String body) throws IOException {
        var content = body.getBytes(StandardCharsets.UTF_8);
        var head =
                method + " " + path + " HTTP/1.0\r\nHost: paddock\r\nContent-Type: application/json\r\nContent-Length: "
                        + content.length + "\r\n\r\n";
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var question = ByteBuffer.allocate(head.length() + content.length);
            question.put(head.getBytes(StandardCharsets.US_ASCII)).put(content).flip();
            while (question.hasRemaining()) {
                channel.write(question);
            }
            return parsed(all(channel));
        }
    }

    private static String all(SocketChannel channel) throws IOException {
        var text = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) >= 0) {
            text.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static Reply parsed(String text) throws IOException {
        var end = text.indexOf("\r\n\r\n");
        var status = text.indexOf(' ');
        if (end < 0 || status < 0 || status + 4 > end) {
            throw new IOException("the answer is cut off");
        }
        try {
            return new Reply(Integer.parseInt(text.substring(status + 1, status + 4)), text.substring(end + 4));
        } catch (NumberFormatException noHttp) {
            throw new IOException("the answer is no HTTP", noHttp);
        }
    }
}
