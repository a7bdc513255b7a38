package dev.paddock.cli;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import java.util.ServiceLoader;

/** Returns the connector to hosts that the program is packaged with. */
final class HostConnections {
    private HostConnections() {}

    static HostConnector connector() {
        return ServiceLoader.load(HostConnector.class)
                .findFirst()
                .orElseThrow(() -> new HostException(
                        HostException.Failure.UNSUPPORTED, 0, 0, "This build has nothing to connect to a host with."));
    }
}
