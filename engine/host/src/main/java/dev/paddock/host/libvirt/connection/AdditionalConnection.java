package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import org.jspecify.annotations.Nullable;

/**
 * A further connection, opened when there is first much to read. It only ever makes things faster: where it cannot be
 * opened, as libvirtd limits its clients, the first connection does it all.
 */
public final class AdditionalConnection implements AutoCloseable {
    private final String uri;
    private @Nullable ReadConnection connection;

    public AdditionalConnection(String uri) {
        this.uri = uri;
    }

    public synchronized void help(ObjectReader reading) {
        var opened = connection;
        if (opened == null || !opened.isAlive()) {
            try {
                opened = ReadConnection.open(uri);
            } catch (HostException refused) {
                return;
            }
            close();
            connection = opened;
        }
        reading.helpWith(opened);
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
