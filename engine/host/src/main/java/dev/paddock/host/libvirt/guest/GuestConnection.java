package dev.paddock.host.libvirt.guest;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ChannelCalls;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.OpenFailure;
import dev.paddock.host.libvirt.domain.GuestState;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection to the libvirt of one VM, and the VM's handle. */
final class GuestConnection implements AutoCloseable {
    /** virDomainChannelFlags: VIR_DOMAIN_CHANNEL_FORCE. */
    private static final int FORCE = 1;

    private final Pointer connection;
    private final Pointer guest;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GuestConnection(Pointer connection, Pointer guest) {
        this.connection = connection;
        this.guest = guest;
    }

    /** @throws HostException also if there is no such VM, then with the code {@link LibvirtError#NO_DOMAIN} */
    static GuestConnection open(String uri, String name) {
        ClientLibrary.require();
        // Initializes the library, and keeps it from printing.
        ReadCalls.virResetLastError();
        var connection = DomainCalls.virConnectOpen(uri);
        if (connection == null) {
            throw OpenFailure.of(uri, LibvirtError.take().whenOpening());
        }
        var guest = DomainCalls.virDomainLookupByName(connection, name);
        if (guest == null) {
            var failure = LibvirtError.take().whenCalling();
            ReadCalls.virConnectClose(connection);
            throw failure;
        }
        return new GuestConnection(connection, guest);
    }

    Pointer guest() {
        return guest;
    }

    /** Return the document of the running VM. */
    Element live() {
        var text = DomainCalls.virDomainGetXMLDesc(guest, 0);
        if (text == null) {
            throw failure();
        }
        try {
            return XmlReader.read(ClientLibrary.take(text));
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt gives XML that is none. This is a bug in this tool.", malformed);
        }
    }

    GuestState state() {
        return GuestState.of(this::failure, guest);
    }

    /** Return the stream of a channel, or null if another client uses it. */
    @Nullable
    Pointer channel(String name) {
        return channel(name, 0);
    }

    /** Take a channel from its current user, and release it. */
    void hangUp(String name) {
        var stream = channel(name, FORCE);
        if (stream != null) {
            ChannelCalls.virStreamAbort(stream);
            ReadCalls.virResetLastError();
            ChannelCalls.virStreamFree(stream);
        }
    }

    private @Nullable Pointer channel(String name, int flags) {
        var stream = ChannelCalls.virStreamNew(connection, 0);
        if (stream == null) {
            throw failure();
        }
        if (ChannelCalls.virDomainOpenChannel(guest, name, stream, flags) == 0) {
            return stream;
        }
        var error = LibvirtError.take();
        ChannelCalls.virStreamFree(stream);
        if (error.code() == LibvirtError.OPERATION_FAILED) {
            return null;
        }
        throw failure(error);
    }

    /** Return the exception for the last, failed call of this thread. */
    HostException failure() {
        return failure(LibvirtError.take());
    }

    private HostException failure(LibvirtError error) {
        return ReadCalls.virConnectIsAlive(connection) == 1 ? error.whenCalling() : error.whenLost();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        DomainCalls.virDomainFree(guest);
        ReadCalls.virConnectClose(connection);
    }
}
