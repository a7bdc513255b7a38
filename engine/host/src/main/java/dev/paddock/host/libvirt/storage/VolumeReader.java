package dev.paddock.host.libvirt.storage;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.VolumeCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the volumes of active pools; libvirt does not know those of inactive pools. A volume's name is that of its
 * pool, a slash, and its own.
 */
public final class VolumeReader {
    /** virConnectListAllStoragePoolsFlags: VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE. */
    private static final int ACTIVE = 1 << 1;

    private VolumeReader() {}

    /** Return volumes by name. */
    public static Map<String, Observed> read(ReadConnection connection, Optional<Set<String>> names) {
        Predicate<String> wanted =
                names.<Predicate<String>>map(set -> set::contains).orElse(name -> true);
        var pools = names.map(set -> set.stream().map(VolumeReader::pool).collect(Collectors.toSet()));
        Map<String, Observed> found = new TreeMap<>();
        names.ifPresent(set -> set.forEach(name -> found.put(name, new Observed.Absent())));
        for (var pool : pools(connection)) {
            try {
                var name = ReadCalls.virStoragePoolGetName(pool).getString(0, "UTF-8");
                if (pools.isEmpty() || pools.get().contains(name)) {
                    readPool(connection, pool, name, wanted, found);
                }
            } finally {
                ReadCalls.virStoragePoolFree(pool);
            }
        }
        return found;
    }

    private static String pool(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    private static Pointer[] pools(ReadConnection connection) {
        var array = new PointerByReference();
        return taken(connection, ReadCalls.virConnectListAllStoragePools(connection.pointer(), array, ACTIVE), array);
    }

    private static Pointer[] taken(ReadConnection connection, int count, PointerByReference array) {
        if (count < 0) {
            throw connection.failure();
        }
        try {
            return array.getValue().getPointerArray(0, count);
        } finally {
            ClientLibrary.free(array.getValue());
        }
    }

    private static void readPool(
            ReadConnection connection,
            Pointer pool,
            String poolName,
            Predicate<String> wanted,
            Map<String, Observed> found) {
        var array = new PointerByReference();
        var count = VolumeCalls.virStoragePoolListAllVolumes(pool, array, 0);
        if (count < 0) {
            var error = LibvirtError.take();
            // It was stopped or deleted since pools were listed.
            if (error.isAbsence() || error.code() == LibvirtError.OPERATION_INVALID) {
                return;
            }
            throw connection.failure(error);
        }
        for (var volume : taken(connection, count, array)) {
            try {
                var name = poolName + "/"
                        + VolumeCalls.virStorageVolGetName(volume).getString(0, "UTF-8");
                if (wanted.test(name)) {
                    readVolume(connection, volume, name).ifPresent(observed -> found.put(name, observed));
                }
            } finally {
                VolumeCalls.virStorageVolFree(volume);
            }
        }
    }

    private static Optional<Observed> readVolume(ReadConnection connection, Pointer volume, String name) {
        var text = VolumeCalls.virStorageVolGetXMLDesc(volume, 0);
        if (text == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Optional.empty();
            }
            var failure = connection.failure(error);
            if (failure.failure() == HostException.Failure.LOST) {
                throw failure;
            }
            return Optional.of(unreadable(name, error.message()));
        }
        try {
            var document = XmlReader.read(ClientLibrary.take(text));
            return Optional.of(
                    new Observed.Present(uuid(name), document, Optional.<Element>empty(), true, true, false));
        } catch (XmlException malformed) {
            return Optional.of(unreadable(name, "its document is not well-formed: " + malformed.getMessage()));
        }
    }

    /** Return a UUID derived from the name, because volumes have none. */
    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(("volume/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Observed unreadable(String name, String reason) {
        return new Observed.Unreadable(Diagnostic.error(
                Code.CANNOT_READ,
                "The volume \"" + name + "\" is there, but cannot be read: " + reason,
                "Look at it with virsh vol-info, or refresh its pool with virsh pool-refresh; then run again."));
    }
}
