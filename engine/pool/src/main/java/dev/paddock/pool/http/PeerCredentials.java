package dev.paddock.pool.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.Request;

/** Who is at the other end of a connection, as the kernel says: nobody can claim to be somebody else. */
final class PeerCredentials {
    private PeerCredentials() {}

    /** Return the user's name; of a user without one, the number. */
    static String of(Request request) throws IOException {
        var transport =
                request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
        if (!(transport instanceof SocketChannel channel)) {
            throw new IOException("The connection is no socket.");
        }
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    }
}
