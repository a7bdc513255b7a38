package dev.paddock.host.libvirt.connection;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Lists the objects of a kind: one call for all of them, and one more for each of their states. */
public final class ObjectLister {
    private static final int UUID_LENGTH = 36;

    private ObjectLister() {}

    /** Return the wanted objects. The caller owns their handles. */
    public static List<Listed> of(ReadableKind kind, ReadConnection connection, Predicate<String> wanted) {
        // States first: an object defined after that is only in the last list, and is taken as inactive.
        var flags = kind.states();
        return switch (flags) {
            case ReadableKind.States.None none ->
                objects(kind, connection, wanted, Set.of(), Set.of(), Set.of(), Set.of(), true);
            case ReadableKind.States.Flags(int active, int persistent, int autostart, int paused) ->
                objects(
                        kind,
                        connection,
                        wanted,
                        uuids(kind, connection, active),
                        uuids(kind, connection, persistent),
                        uuids(kind, connection, autostart),
                        paused == 0 ? Set.of() : uuids(kind, connection, paused),
                        false);
        };
    }

    /** Return handles of all objects by UUID. The caller owns them. */
    static Map<String, Pointer> handles(ReadableKind kind, ReadConnection connection) {
        Map<String, Pointer> handles = new HashMap<>();
        for (var handle : list(kind, connection, ReadableKind.ALL)) {
            handles.put(uuid(kind, handle), handle);
        }
        return handles;
    }

    private static List<Listed> objects(
            ReadableKind kind,
            ReadConnection connection,
            Predicate<String> wanted,
            Set<String> active,
            Set<String> persistent,
            Set<String> autostart,
            Set<String> paused,
            boolean stateless) {
        List<Listed> objects = new ArrayList<>();
        for (var handle : list(kind, connection, ReadableKind.ALL)) {
            var name = kind.name(handle).getString(0, "UTF-8");
            if (!wanted.test(name)) {
                kind.free(handle);
                continue;
            }
            var uuid = uuid(kind, handle);
            var runs = stateless || active.contains(uuid);
            // An object that is neither active nor in the persistent list was defined between the two calls.
            objects.add(new Listed(
                    handle,
                    name,
                    uuid,
                    runs,
                    !runs || stateless || persistent.contains(uuid),
                    autostart.contains(uuid),
                    runs && paused.contains(uuid)));
        }
        return objects;
    }

    private static Set<String> uuids(ReadableKind kind, ReadConnection connection, int flags) {
        Set<String> uuids = new HashSet<>();
        for (var handle : list(kind, connection, flags)) {
            uuids.add(uuid(kind, handle));
            kind.free(handle);
        }
        return uuids;
    }

    private static Pointer[] list(ReadableKind kind, ReadConnection connection, int flags) {
        var array = new PointerByReference();
        var count = kind.list(connection.pointer(), array, flags);
        if (count < 0) {
            throw connection.failure();
        }
        var pointer = array.getValue();
        try {
            return pointer.getPointerArray(0, count);
        } finally {
            ClientLibrary.free(pointer);
        }
    }

    private static String uuid(ReadableKind kind, Pointer handle) {
        var text = new byte[UUID_LENGTH + 1];
        kind.uuid(handle, text);
        return new String(text, 0, UUID_LENGTH, StandardCharsets.US_ASCII);
    }
}
