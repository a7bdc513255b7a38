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
 * Sends requests to the pool server, one per connection.
 *
 * <p>The HTTP client of the JDK does not support Unix sockets, and loading any other takes longer than acquiring a VM.
 * HTTP/1.0 is simple enough to implement here: it has no chunks, and the response ends with the connection.
 */
public final class PoolHttpClient {
    private static final int BUFFER_SIZE = 16 * 1024;

    private PoolHttpClient() {}

    /** A response. */
    public record Reply(int status, String body) {
        public boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Send a request, and return the response.
     *
     * @throws IOException if no server listens at the socket, or the response is not HTTP
     */
    public static Reply ask(Path socket, String method, String path, String body) throws IOException {
        var content = body.getBytes(StandardCharsets.UTF_8);
        var head =
                method + " " + path + " HTTP/1.0\r\nHost: paddock\r\nContent-Type: application/json\r\nContent-Length: "
                        + content.length + "\r\n\r\n";
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var request = ByteBuffer.allocate(head.length() + content.length);
            request.put(head.getBytes(StandardCharsets.US_ASCII)).put(content).flip();
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return parse(readAll(channel));
        }
    }

    private static String readAll(SocketChannel channel) throws IOException {
        var text = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER_SIZE);
        while (channel.read(buffer) >= 0) {
            text.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static Reply parse(String text) throws IOException {
        var end = text.indexOf("\r\n\r\n");
        var status = text.indexOf(' ');
        if (end < 0 || status < 0 || status + 4 > end) {
            throw new IOException("the answer is cut off");
        }
        try {
            return new Reply(Integer.parseInt(text.substring(status + 1, status + 4)), text.substring(end + 4));
        } catch (NumberFormatException malformed) {
            throw new IOException("the answer is no HTTP", malformed);
        }
    }
}
