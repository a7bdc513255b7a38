package dev.paddock.cli.pool;

import dev.paddock.cli.poolclient.PoolSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * Acquires from a stand-in for the pool server, so that the classes of the fast path get into the launcher's class
 * archive.
 */
public final class AcquireWarmup {
    private static final String RESPONSE = "HTTP/1.0 201 Created\r\n\r\n{\"id\":\"rehearsal-1.0\"}\n";
    private static final int REQUEST_SIZE = 4096;

    private AcquireWarmup() {}

    /** Acquire once, and return the id of the lease. */
    public static String perform() {
        try {
            var folder = Files.createTempDirectory("paddock-");
            var socket = folder.resolve(PoolSocket.NAME);
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket));
                var responder = Thread.ofPlatform().daemon().start(() -> respond(server));
                AcquireFastPath.lease(List.of("--lab=rehearsal", "acquire", "rehearsal"));
                var lease = AcquireFastPath.acquire(socket, "rehearsal", true).orElse("");
                responder.join();
                return lease;
            } finally {
                Files.deleteIfExists(socket);
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static void respond(ServerSocketChannel server) {
        try (var channel = server.accept()) {
            channel.read(ByteBuffer.allocate(REQUEST_SIZE));
            channel.write(ByteBuffer.wrap(RESPONSE.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            return;
        }
    }
}
