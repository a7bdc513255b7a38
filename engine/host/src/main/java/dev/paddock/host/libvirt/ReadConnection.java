package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** A read-only connection: libvirt itself refuses every write on it. */
final class ReadConnection implements AutoCloseable {
    private final String uri;
    private final Pointer pointer;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    private ReadConnection(String uri, Pointer pointer) {
        this.uri = uri;
        this.pointer = pointer;
    }

    static ReadConnection open(String uri) {
        ClientLibrary.require();
        var pointer = ReadCalls.virConnectOpenReadOnly(uri);
        if (pointer == null) {
            throw LibvirtError.take().whenOpening();
        }
        return new ReadConnection(uri, pointer);
    }

    String uri() {
        return uri;
    }

    Pointer pointer() {
        return pointer;
    }

    /** Return what was found out once, as it stays so while the connection lasts. */
    boolean remembered(String what, BooleanSupplier finding) {
        return known.computeIfAbsent(what, unknown -> finding.getAsBoolean());
    }

    HostInfo info() {
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

    /** Return the exception for the call of this thread that failed just now. */
    HostException failure() {
        return failure(LibvirtError.take());
    }

    HostException failure(LibvirtError error) {
        return isAlive() ? error.whenCalling() : error.whenLost();
    }

    /** Return whether the socket is still open, as far as its last use told; asks nobody. */
    boolean isAlive() {
        return ReadCalls.virConnectIsAlive(pointer) == 1;
    }

    @Override
    public void close() {
        ReadCalls.virConnectClose(pointer);
    }
}
