package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The types of storage pools, and what libvirt reads and writes for each: the table {@code poolTypeInfo} in
 * src/conf/storage_conf.c.
 */
enum StoragePoolType {
    DIR("dir", ""),
    FS("fs", "auto"),
    NETFS("netfs", "auto"),
    LOGICAL("logical", "lvm2"),
    DISK("disk", "unknown"),
    ISCSI("iscsi", ""),
    ISCSI_DIRECT("iscsi-direct", ""),
    SCSI("scsi", ""),
    MPATH("mpath", ""),
    RBD("rbd", ""),
    SHEEPDOG("sheepdog", ""),
    GLUSTER("gluster", ""),
    ZFS("zfs", ""),
    VSTORAGE("vstorage", "");

    /** A part of the source. */
    enum Part {
        HOST,
        DEVICE,
        DIR,
        ADAPTER,
        NAME,
        INITIATOR
    }

    private final String word;
    private final String format;

    StoragePoolType(String word, String format) {
        this.word = word;
        this.format = format;
    }

    static String[] words() {
        return Arrays.stream(values()).map(StoragePoolType::word).toArray(String[]::new);
    }

    static Optional<StoragePoolType> of(Element pool) {
        var said = pool.attribute("type");
        return Arrays.stream(values())
                .filter(type -> said.filter(type.word::equals).isPresent())
                .findFirst();
    }

    String word() {
        return word;
    }

    boolean has(Part part) {
        return parts().contains(part);
    }

    private Set<Part> parts() {
        return switch (this) {
            case DIR, MPATH -> Set.of();
            case FS, DISK -> Set.of(Part.DEVICE);
            case NETFS -> Set.of(Part.HOST, Part.DIR);
            case LOGICAL, ZFS -> Set.of(Part.NAME, Part.DEVICE);
            case ISCSI, ISCSI_DIRECT -> Set.of(Part.HOST, Part.DEVICE, Part.INITIATOR);
            case SCSI -> Set.of(Part.ADAPTER);
            case RBD, SHEEPDOG -> Set.of(Part.HOST, Part.NAME);
            case GLUSTER -> Set.of(Part.HOST, Part.NAME, Part.DIR);
            case VSTORAGE -> Set.of(Part.NAME);
        };
    }

    /** Return the default format of the source; empty for a type without formats. */
    Optional<String> format() {
        return format.isEmpty() ? Optional.empty() : Optional.of(format);
    }

    /** Return whether it has a path on the host. */
    boolean hasTarget() {
        return switch (this) {
            case RBD, SHEEPDOG, GLUSTER, ISCSI_DIRECT -> false;
            case DIR, FS, NETFS, LOGICAL, DISK, ISCSI, SCSI, MPATH, ZFS, VSTORAGE -> true;
        };
    }

    /**
     * Return the prefix of the path where libvirt always puts the target: the name of the source follows. Absent for
     * types with a declared path.
     */
    Optional<String> fixedTarget() {
        return switch (this) {
            case LOGICAL -> Optional.of("/dev/");
            case ZFS -> Optional.of("/dev/zvol/");
            case DIR, FS, NETFS, DISK, ISCSI, ISCSI_DIRECT, SCSI, MPATH, RBD, SHEEPDOG, GLUSTER, VSTORAGE ->
                Optional.empty();
        };
    }

    /** Return whether libvirt creates the folder of the target, and reads its permissions when the pool starts. */
    boolean isFolder() {
        return switch (this) {
            case DIR, FS, NETFS -> true;
            case LOGICAL, DISK, ISCSI, ISCSI_DIRECT, SCSI, MPATH, RBD, SHEEPDOG, GLUSTER, ZFS, VSTORAGE -> false;
        };
    }

    /** Return whether the target is a mount point, so its permissions are those of the mounted file system. */
    boolean isMounted() {
        return this == FS || this == NETFS;
    }
}
