package dev.paddock.host.libvirt;

import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.host.libvirt.guest.LibvirtGuests;
import dev.paddock.host.names.SystemNames;

/**
 * Opens connections by libvirt's client library, to any URI that it supports.
 *
 * <p>No call waits forever. The end of a daemon closes its socket, which is noticed at once; a daemon that hangs is
 * reported as lost after a timeout. libvirt's own keepalive is not used because it needs an event loop that runs for as
 * long as the program does.
 */
public final class LibvirtConnector implements HostConnector {
    /** One for a daemon that formats documents, one for the threads that parse them. */
    private static final int EXTRA_CONNECTIONS = 2;

    @Override
    public HostReader reader(String uri) {
        return LibvirtReader.open(uri, EXTRA_CONNECTIONS);
    }

    @Override
    public HostWriter writer(String uri) {
        return LibvirtWriter.open(uri);
    }

    @Override
    public NameResolver names() {
        return new SystemNames();
    }

    @Override
    public GuestHost guests(String uri) {
        return LibvirtGuests.open(uri);
    }
}
