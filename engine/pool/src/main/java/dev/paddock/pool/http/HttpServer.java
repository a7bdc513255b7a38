package dev.paddock.pool.http;

import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.service.LeaseService;
import dev.paddock.pool.service.PoolMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the API on a Unix socket. */
public final class HttpServer implements AutoCloseable {
    private static final String GROUP = "libvirt";
    private static final int THREADS = 600;

    /** The number of threads for requests that wait for a guest, so some are left for requests that release one. */
    static final int MAX_WAITING = 500;

    private static final long IDLE_MILLIS = 300_000;

    private final Server server;
    private final Path socket;

    private HttpServer(Server server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    /**
     * Open the socket for root and the group {@code libvirt}; without such a group, for root alone. A socket that an
     * earlier process left there is replaced.
     */
    public static HttpServer open(Path socket, LeaseService leases, PoolMetrics metrics, PoolClock clock)
            throws IOException {
        Files.deleteIfExists(socket);
        var threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("paddock-http");
        threads.setDaemon(true);
        var server = new Server(threads);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        var connector = new UnixDomainServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setUnixDomainPath(socket);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(MAX_WAITING);
        server.addConnector(connector);
        server.setHandler(new ApiHandler(leases, metrics, clock));
        try {
            server.start();
        } catch (Exception failure) {
            throw new IOException("The socket " + socket + " cannot be opened: " + failure.getMessage(), failure);
        }
        // Until here the umask keeps other users out: connecting to a socket takes write permission.
        share(socket);
        return new HttpServer(server, socket);
    }

    private static void share(Path socket) throws IOException {
        var mode = "rw-------";
        try {
            var group = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(socket, PosixFileAttributeView.class).setGroup(group);
            mode = "rw-rw----";
        } catch (UserPrincipalNotFoundException ignored) {
            // Without the group the socket is for root alone.
            mode = "rw-------";
        }
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(mode));
    }

    /** Stop serving, and remove the socket. */
    @Override
    public void close() {
        try {
            server.stop();
            Files.deleteIfExists(socket);
        } catch (Exception ignored) {
            // The process is about to end, which closes everything.
            return;
        }
    }
}
