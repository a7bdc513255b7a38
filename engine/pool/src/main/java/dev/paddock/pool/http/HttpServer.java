package dev.paddock.pool.http;

import dev.paddock.pool.service.LeaseService;
import dev.paddock.pool.service.PoolMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Answers at a Unix socket. */
public final class HttpServer implements AutoCloseable {
    private static final String GROUP = "libvirt";
    private static final int THREADS = 600;

    /** Requests that wait for a guest may take this many threads, so that some are left for those that give one back. */
    static final int MOST_WAITING = 500;

    private static final long IDLE = 300_000;

    private final Server server;
    private final Path socket;

    private HttpServer(Server server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    /**
     * Open the socket for root and the group {@code libvirt}; where there is no such group, for root alone. A socket that
     * an earlier process left there goes.
     *
     * @param clock milliseconds since the machine started
     */
    public static HttpServer open(Path socket, LeaseService keeper, PoolMetrics meters, LongSupplier clock)
            throws IOException {
        Files.deleteIfExists(socket);
        var threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("paddock-door");
        threads.setDaemon(true);
        var server = new Server(threads);
        var plain = new HttpConfiguration();
        plain.setSendServerVersion(false);
        plain.setSendDateHeader(false);
        var connector = new UnixDomainServerConnector(server, new HttpConnectionFactory(plain));
        connector.setUnixDomainPath(socket);
        connector.setIdleTimeout(IDLE);
        connector.setAcceptQueueSize(MOST_WAITING);
        server.addConnector(connector);
        server.setHandler(new ApiHandler(keeper, meters, clock));
        try {
            server.start();
        } catch (Exception failure) {
            throw new IOException("The socket " + socket + " cannot be opened: " + failure.getMessage(), failure);
        }
        // Until here it is the umask that keeps others out: who may not write to a socket may not connect.
        share(socket);
        return new HttpServer(server, socket);
    }

    private static void share(Path socket) throws IOException {
        var mode = "rw-------";
        try {
            var group = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(socket, PosixFileAttributeView.class).setGroup(group);
            mode = "rw-rw----";
        } catch (UserPrincipalNotFoundException noGroup) {
            // Then there is nobody to share it with.
            mode = "rw-------";
        }
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(mode));
    }

    /** Answer nobody any more. */
    @Override
    public void close() {
        try {
            server.stop();
            Files.deleteIfExists(socket);
        } catch (Exception ended) {
            // The process is about to end, which closes all of it.
            return;
        }
    }
}
