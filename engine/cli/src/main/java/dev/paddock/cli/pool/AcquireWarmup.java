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

/** An acquisition from a keeper that is none, for the launcher's archive of classes. */
public final class AcquireWarmup {
    private static final String ANSWER = "HTTP/1.0 201 Created\r\n\r\n{\"id\":\"rehearsal-1.0\"}\n";
    private static final int QUESTION = 4096;

    private AcquireWarmup() {}

    /** Return what was printed in earnest. */
    public static String perform() {
        try {
            var folder = Files.createTempDirectory("paddock-");
            var socket = folder.resolve(PoolSocket.NAME);
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket));
                var keeper = Thread.ofPlatform().daemon().start(() -> answer(server));
                AcquireFastPath.lease(List.of("--lab=rehearsal", "acquire", "rehearsal"));
                var lease = AcquireFastPath.asked(socket, "rehearsal", true).orElse("");
                keeper.join();
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

    private static void answer(ServerSocketChannel server) {
        try (var channel = server.accept()) {
            channel.read(ByteBuffer.allocate(QUESTION));
            channel.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException hungUp) {
            return;
        }
    }
}
