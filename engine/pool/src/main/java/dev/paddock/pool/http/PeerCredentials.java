package dev.paddock.pool.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.Request;

/** The user at the other end of a connection, as the kernel reports it, so it cannot be forged. */
final class PeerCredentials {
    private PeerCredentials() {}

    /** Return the user's name, or the number of a user without a name. */
    static String of(Request request) throws IOException {
        var transport =
                request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
        if (!(transport instanceof SocketChannel channel)) {
            throw new IOException("The connection is no socket.");
        }
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    }
}
