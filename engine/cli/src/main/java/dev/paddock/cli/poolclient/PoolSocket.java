package dev.paddock.cli.poolclient;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Locates the socket of the pool server: next to libvirt's own socket. */
public final class PoolSocket {
    public static final String NAME = "paddock.sock";

    private static final Path DEFAULT_FOLDER = Path.of("/run/libvirt");
    private static final String SOCKET_PARAMETER = "socket=";

    private PoolSocket() {}

    /** Return the socket for the URI of a libvirt on this machine. */
    public static Path of(String uri) {
        var query = uri.indexOf('?');
        var parameters = query < 0 ? "" : uri.substring(query + 1);
        for (var parameter : parameters.split("&", -1)) {
            if (parameter.startsWith(SOCKET_PARAMETER)) {
                var socket = URLDecoder.decode(parameter.substring(SOCKET_PARAMETER.length()), StandardCharsets.UTF_8);
                return Path.of(socket).resolveSibling(NAME);
            }
        }
        return DEFAULT_FOLDER.resolve(NAME);
    }
}
