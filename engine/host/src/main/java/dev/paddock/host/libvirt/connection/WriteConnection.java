package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostInfo;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.validate.HostSchemas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/** A connection of libvirt-java that exposes its handle, for calls that libvirt-java lacks. */
public final class WriteConnection extends Connect {
    /** Both DefineXMLFlags calls exist since 7.7.0; an older daemon only has the calls without flags. */
    private static final HostInfo.Version VALIDATES = new HostInfo.Version(7, 7, 0);

    private final String uri;
    private final HostInfo.Version version;

    private WriteConnection(String uri) throws LibvirtException {
        super(uri);
        this.uri = uri;
        version = HostInfo.Version.of(getLibVersion());
    }

    public static WriteConnection open(String uri) {
        // libvirt-java reads this encoding when it is loaded; libvirt uses UTF-8.
        if (System.getProperty("jna.encoding") == null) {
            System.setProperty("jna.encoding", "UTF-8");
        }
        ClientLibrary.require();
        // Also sets the error handler, before libvirt-java can make libvirt print anything.
        ReadCalls.virResetLastError();
        ClientLibrary.showToLibvirtJava();
        try {
            return new WriteConnection(uri);
        } catch (LibvirtException refused) {
            throw LibvirtError.take().whenOpening();
        }
    }

    /** Return the URI of this connection. */
    public String uri() {
        return uri;
    }

    public Pointer pointer() {
        return vcp.getPointer();
    }

    /** Return whether the host's libvirt can validate definitions. */
    public boolean validates() {
        return version.compareTo(VALIDATES) >= 0;
    }

    /** Return the schemas that the host validates with. */
    public HostSchemas schemas() {
        return HostSchemas.of(uri, version);
    }

    /** Return the exception for the last, failed call of this thread. */
    public HostException failure() {
        return failure(LibvirtError.take());
    }

    public HostException failure(LibvirtError error) {
        return ReadCalls.virConnectIsAlive(pointer()) == 1 ? error.whenCalling() : error.whenLost();
    }

    /** A call of libvirt-java. */
    public interface Call<T extends @Nullable Object> {
        T make() throws LibvirtException;
    }

    /** Make a call. On failure the reason comes from libvirt itself, because libvirt-java's exception omits details. */
    public <T extends @Nullable Object> T call(Call<T> call) {
        try {
            return call.make();
        } catch (LibvirtException failed) {
            throw failure();
        }
    }

    /** Make a lookup; empty if the object does not exist. */
    public <T> Optional<T> find(Call<T> lookup) {
        try {
            return Optional.of(lookup.make());
        } catch (LibvirtException failed) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Optional.empty();
            }
            throw failure(error);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Close the connection in any state; its errors have been reported before. */
    public void closeQuietly() {
        try {
            close();
        } catch (LibvirtException broken) {
            LibvirtError.take();
        }
    }
}
