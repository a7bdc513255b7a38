package dev.paddock.storage;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.xml.Element;
import dev.paddock.storage.StoragePoolType.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what storage pools lack of what libvirt needs (virStoragePoolDefParseXML), and what two of them share. */
final class StorageChecks {
    private final LocatedResource pool;
    private final List<Diagnostic> found = new ArrayList<>();

    private StorageChecks(LocatedResource pool) {
        this.pool = pool;
    }

    static List<Diagnostic> of(LocatedResource pool) {
        var checks = new StorageChecks(pool);
        StoragePoolType.of(pool.document()).ifPresent(checks::check);
        return checks.found;
    }

    private void check(StoragePoolType type) {
        var source = pool.document().child("source");
        if (type.has(Part.HOST) && source.flatMap(from -> from.child("host")).isEmpty()) {
            missing(type, "source", "names no server", "Add source: {hosts: [...]}.");
        }
        if (type.has(Part.DIR) && source.flatMap(from -> from.child("dir")).isEmpty()) {
            missing(type, "source", "names no folder of the server", "Add source: {dir: /...}.");
        }
        if (type.has(Part.ADAPTER)
                && source.flatMap(from -> from.child("adapter")).isEmpty()) {
            missing(type, "source", "names no adapter", "Add source: {adapter: scsi_host1}.");
        }
        var isDevice = type.has(Part.DEVICE) && !type.has(Part.NAME) && !type.has(Part.HOST);
        if (isDevice && source.flatMap(from -> from.child("device")).isEmpty()) {
            missing(type, "source", "names no device", "Add source: {devices: [/dev/...]}.");
        }
        if (needsTarget(type) && target(pool.document()).isEmpty()) {
            missing(type, "type", "does not say where it is on the host", "Add target: /....");
        }
    }

    /** Return whether libvirt neither knows the path itself nor does without. */
    private static boolean needsTarget(StoragePoolType type) {
        return switch (type) {
            case DIR, FS, NETFS, DISK, ISCSI, VSTORAGE -> true;
            case LOGICAL, ZFS, SCSI, MPATH, ISCSI_DIRECT, RBD, SHEEPDOG, GLUSTER -> false;
        };
    }

    private void missing(StoragePoolType type, String field, String what, String fix) {
        found.add(Diagnostic.error(
                Code.MISSING_KEY,
                pool.at(field),
                "The pool of type '" + type.word() + "' " + what + ", and libvirt refuses it.",
                fix));
    }

    private static Optional<String> target(Element pool) {
        return pool.child("target").flatMap(target -> target.childText("path"));
    }

    /** Return the pools of one folder: libvirt refuses the second (virStoragePoolObjSourceFindDuplicate). */
    static List<Diagnostic> conflicts(List<LocatedResource> pools) {
        List<Diagnostic> found = new ArrayList<>();
        Map<String, LocatedResource> owners = new HashMap<>();
        for (var pool : pools) {
            if (StoragePoolType.of(pool.document())
                    .filter(StoragePoolType.DIR::equals)
                    .isEmpty()) {
                continue;
            }
            var path = target(pool.document()).map(folder -> folder.replaceFirst("(?<=.)/+$", ""));
            path.map(folder -> owners.putIfAbsent(folder, pool))
                    .ifPresent(other -> found.add(Diagnostic.error(
                            Code.GIVEN_TWICE,
                            pool.at("target/path"),
                            "The folder '" + path.orElse("") + "' is that of " + other.id() + " at " + other.place()
                                    + " as well, and libvirt refuses a second pool in it.",
                            "Use one pool for both, or another folder.")));
        }
        return found;
    }
}
