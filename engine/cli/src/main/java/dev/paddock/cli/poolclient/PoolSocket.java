package dev.paddock.cli.poolclient;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the keeper of a libvirt answers: beside libvirt's own socket. */
public final class PoolSocket {
    public static final String NAME = "paddock.sock";

    private static final Path USUAL = Path.of("/run/libvirt");
    private static final String GIVEN = "socket=";

    private PoolSocket() {}

    /** @param uri of a libvirt on this machine */
    public static Path of(String uri) {
        var query = uri.indexOf('?');
        var parameters = query < 0 ? "" : uri.substring(query + 1);
        for (var parameter : parameters.split("&", -1)) {
            if (parameter.startsWith(GIVEN)) {
                var socket = URLDecoder.decode(parameter.substring(GIVEN.length()), StandardCharsets.UTF_8);
                return Path.of(socket).resolveSibling(NAME);
            }
        }
        return USUAL.resolve(NAME);
    }
}
