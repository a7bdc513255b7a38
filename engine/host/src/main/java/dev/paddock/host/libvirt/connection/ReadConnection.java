package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostInfo;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** A read-only connection: libvirt itself refuses every write on it. */
public final class ReadConnection implements AutoCloseable {
    private final String uri;
    private final Pointer pointer;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    private ReadConnection(String uri, Pointer pointer) {
        this.uri = uri;
        this.pointer = pointer;
    }

    public static ReadConnection open(String uri) {
        ClientLibrary.require();
        var pointer = ReadCalls.virConnectOpenReadOnly(uri);
        if (pointer == null) {
            throw LibvirtError.take().whenOpening();
        }
        return new ReadConnection(uri, pointer);
    }

    public String uri() {
        return uri;
    }

    public Pointer pointer() {
        return pointer;
    }

    /** Return a cached fact that does not change during a connection. */
    public boolean remembered(String what, BooleanSupplier finding) {
        return known.computeIfAbsent(what, unknown -> finding.getAsBoolean());
    }

    public HostInfo info() {
        var version = new LongByReference();
        if (ReadCalls.virConnectGetLibVersion(pointer, version) < 0) {
            throw failure();
        }
        var type = ReadCalls.virConnectGetType(pointer);
        if (type == null) {
            throw failure();
        }
        return new HostInfo(uri, type.getString(0, "UTF-8"), HostInfo.Version.of(version.getValue()));
    }

    /** Return the exception for the last, failed call of this thread. */
    public HostException failure() {
        return failure(LibvirtError.take());
    }

    public HostException failure(LibvirtError error) {
        return isAlive() ? error.whenCalling() : error.whenLost();
    }

    /** Return whether the socket was open when last used; makes no call. */
    public boolean isAlive() {
        return ReadCalls.virConnectIsAlive(pointer) == 1;
    }

    @Override
    public void close() {
        ReadCalls.virConnectClose(pointer);
    }
}
