package dev.paddock.storage.volume;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;
import static dev.paddock.api.schema.Schema.text;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Types;
import dev.paddock.storage.StoragePoolSchema;
import dev.paddock.storage.StorageScalars;
import dev.paddock.storage.StorageSizes;

/** The fields of a volume in a playbook. */
final class VolumeSchema {
    private static final ScalarType FORMAT = Types.pattern("a format", "[a-z0-9_\\-+]+", "qcow2");

    private static final Fields BACKING = orShort(
            fields(
                    "path", required(StorageScalars.PATH, "The file that is read where nothing was written yet."),
                    "format", optional(FORMAT, "Its format; raw by default.")),
            StorageScalars.only("path", "/var/lib/libvirt/images/base.raw", "/.*"));

    private static final Fields ENCRYPTION = fields(
            "format",
                    required(
                            Types.oneOf("a format of encryption", "luks", "luks2", "qcow"), "luks of all that is new."),
            "secret",
                    required(
                            fields(
                                    "uuid", optional(Types.UUID, "The secret by its UUID."),
                                    "usage", optional(Types.TEXT, "The secret by what it is for.")),
                            "A secret that libvirt has; the playbook never holds it."));

    /** All fields except those of every resource. */
    static final Fields FIELDS = fields(
            "capacity",
                    optional(
                            StorageSizes.TYPE,
                            "How large guests see it: 10 GiB. It can grow; without it, it is as large as what backs it."),
            "allocation",
                    optional(
                            StorageSizes.TYPE,
                            "How much of a raw file is allocated when it is made; none by default. Never compared."),
            "format", optional(FORMAT, "The format; raw by default, as far as the pool has formats."),
            "backing", optional(BACKING, "What it is backed by: a path, or a mapping."),
            "permissions",
                    optional(
                            StoragePoolSchema.PERMISSIONS,
                            "The file's when it is made. Never compared: a guest that"
                                    + " starts takes the file over."),
            "compat", optional(Types.pattern("a version", "[0-9]+\\.[0-9]+", "1.1"), "The version of the format."),
            "clusterSize", optional(StorageSizes.TYPE, "The size of a cluster, of qcow2."),
            "nocow", optional(Types.TRUE_FALSE, "Whether it is not copied on write, on btrfs. Never compared."),
            "features",
                    optional(
                            oneOrMore(text(Types.oneOf("a feature", "lazy_refcounts", "extended_l2"))),
                            "Features of the format."),
            "encryption", optional(ENCRYPTION, "How it is encrypted. The secret is not compared."));

    private VolumeSchema() {}
}
