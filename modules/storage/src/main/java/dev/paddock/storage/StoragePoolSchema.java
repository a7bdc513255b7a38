package dev.paddock.storage;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;
import static dev.paddock.api.schema.Schema.text;

import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Schema.MapOf;
import dev.paddock.api.schema.Types;

/** The fields of a storage pool in a playbook. */
public final class StoragePoolSchema {
    public static final Fields PERMISSIONS = fields(
            "mode", optional(StorageScalars.MODE, "The mode, in octal digits, as text: \"0711\"."),
            "owner", optional(StorageScalars.ID, "The number of the user."),
            "group", optional(StorageScalars.ID, "The number of the group."),
            "label", optional(Types.TEXT, "The SELinux label."));

    private static final Fields TARGET = orShort(
            fields(
                    "path", optional(StorageScalars.PATH, "The folder on the host."),
                    "permissions", optional(PERMISSIONS, "The folder's; those it has, when none are given.")),
            StorageScalars.only("path", "/var/lib/libvirt/images", "/.*"));

    private static final Fields HOST = orShort(
            fields(
                    "name", required(Types.TEXT, "Its name or address."),
                    "port", optional(StorageScalars.PORT, "Its port.")),
            StorageScalars.only("name", "nfs.example.com", "[^\\s/]+"));

    private static final Fields DEVICE = orShort(
            fields(
                    "path", required(Types.TEXT, "Its path; of iscsi, the target's qualified name."),
                    "part_separator",
                            optional(Types.YES_NO, "Whether the names of partitions have a p before the number.")),
            StorageScalars.only("path", "/dev/sdb", "\\S+"));

    private static final Fields PARENT_ADDRESS = fields(
            "unique_id", required(StorageScalars.COUNT, "The number of the port on the device."),
            "address",
                    required(
                            fields(
                                    "domain", optional(StorageScalars.NUMBER, "PCI domain."),
                                    "bus", optional(StorageScalars.NUMBER, "PCI bus."),
                                    "slot", optional(StorageScalars.NUMBER, "PCI slot."),
                                    "function", optional(StorageScalars.NUMBER, "PCI function.")),
                            "The PCI address of the device."));

    private static final Fields ADAPTER = orShort(
            fields(
                    "type",
                            optional(
                                    Types.oneOf("a type of adapter", "scsi_host", "fc_host"),
                                    "scsi_host, as by default, or fc_host."),
                    "name", optional(Types.TEXT, "The adapter of the host."),
                    "parentaddr", optional(PARENT_ADDRESS, "The adapter by its PCI address, in place of a name."),
                    "parent", optional(Types.TEXT, "The adapter that the virtual one of Fibre Channel is made on."),
                    "parent_wwnn", optional(StorageScalars.WWN, "That adapter by its node name."),
                    "parent_wwpn", optional(StorageScalars.WWN, "That adapter by its port name."),
                    "parent_fabric_wwn", optional(StorageScalars.WWN, "That adapter by its fabric."),
                    "managed", optional(Types.YES_NO, "Whether the virtual adapter goes with the pool."),
                    "wwnn", optional(StorageScalars.WWN, "Node name of the virtual adapter."),
                    "wwpn", optional(StorageScalars.WWN, "Port name of the virtual adapter.")),
            StorageScalars.only("name", "scsi_host1", "\\S+"));

    private static final Fields SECRET = fields(
            "uuid", optional(Types.UUID, "The secret by its UUID."),
            "usage", optional(Types.TEXT, "The secret by what it is for."));

    private static final Fields AUTH = fields(
            "type", required(Types.oneOf("a way to authenticate", "chap", "ceph"), "chap of iscsi, ceph of rbd."),
            "username", required(Types.TEXT, "The user."),
            "secret", required(SECRET, "A secret that libvirt has; the playbook never holds it."));

    private static final Fields SOURCE = fields(
            "hosts", optional(oneOrMore(HOST), "The servers."),
            "devices", optional(oneOrMore(DEVICE), "The devices."),
            "dir", optional(Types.TEXT, "The folder on the server."),
            "adapter", optional(ADAPTER, "The adapter of scsi."),
            "name", optional(Types.TEXT, "The name of the volume group or remote pool; the pool's own by default."),
            "initiator", optional(Types.TEXT, "The qualified name of the iSCSI initiator."),
            "format", optional(Types.TEXT, "The format: of a file system, of a volume group, of a partition table."),
            "auth", optional(AUTH, "How to authenticate at the server."),
            "protocol", optional(Types.TEXT, "The version of NFS."),
            "vendor", optional(Types.TEXT, "The maker of the device."),
            "product", optional(Types.TEXT, "The name of the device."));

    /** All fields except those of every resource. */
    static final Fields FIELDS = fields(
            "uuid", optional(Types.UUID, "The identity; by default it is derived from the project and the name."),
            "type",
                    required(
                            Types.oneOf("a type of pool", StoragePoolType.words()),
                            "Where volumes are kept: dir, a folder; fs and netfs, a file system that is mounted; and"
                                    + " libvirt's others."),
            "target", optional(TARGET, "Where it is on the host: a path, or a mapping."),
            "source", optional(SOURCE, "Where it comes from."),
            "features",
                    optional(
                            fields("cow", optional(Types.YES_NO, "Whether files are copied on write, on btrfs.")),
                            "What the file system does, of dir and fs."),
            "refresh",
                    optional(
                            fields(
                                    "allocation",
                                    required(
                                            Types.oneOf("a way to tell the allocation", "default", "capacity"),
                                            "How the allocation of volumes is reported.")),
                            "What libvirt does when it looks for volumes, of rbd."),
            "mount_opts", optional(oneOrMore(text(Types.TEXT)), "Options for mount, of fs and netfs."),
            "config_opts", optional(new MapOf(Types.TEXT, text(Types.TEXT)), "Options for Ceph, of rbd, by name."));

    private StoragePoolSchema() {}
}
