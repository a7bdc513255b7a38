package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import org.jspecify.annotations.Nullable;

/**
 * An additional connection, opened when there is much to read. It is only an optimization: if it cannot be opened,
 * because libvirtd limits its clients, the first connection does everything.
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
