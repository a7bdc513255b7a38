package dev.paddock.storage;

import dev.paddock.api.change.Cost;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import java.util.List;
import java.util.Map;

/** How storage pools compare. A pool is redefined in place, and uses the new definition from its next start. */
final class StoragePoolRules {
    private static final String IDENTITY = "libvirt cannot change it of an existing pool.";
    private static final String OTHERWISE = "libvirt takes it up when the pool starts. Guests keep what they have open,"
            + " but iscsi and scsi log out, and fs, netfs and logical do not stop while in use.";

    static final Rules RULES = new Rules(
            List.of(
                    Rule.of("name").costs(Cost.REPLACE, IDENTITY),
                    Rule.of("uuid").as(Normalizers.UUID).chosen().costs(Cost.REPLACE, IDENTITY),
                    restart("target/permissions/mode").as(StoragePermissions.MODE),
                    restart("target/permissions/owner").as(Normalizers.INTEGER),
                    restart("target/permissions/group").as(Normalizers.INTEGER),
                    restart("source/host/@port").as(Normalizers.INTEGER),
                    restart("source/auth/secret/@uuid").as(Normalizers.UUID),
                    restart("source/adapter/parentaddr/@unique_id").as(Normalizers.INTEGER),
                    restart("source/adapter/parentaddr/address/@*").as(Normalizers.C_INTEGER)),
            List.of(
                    new ListMatch.Ordered("source/host", "hosts"),
                    new ListMatch.Ordered("source/device", "devices"),
                    new ListMatch.Ordered("fs:mount_opts/fs:option", "options"),
                    new ListMatch.Ordered("rbd:config_opts/rbd:option", "options")),
            List.of(),
            Rule.of("**/*").costs(Cost.RESTART, OTHERWISE),
            Map.of("fs", NormalizedStoragePool.FS, "rbd", NormalizedStoragePool.RBD));

    private StoragePoolRules() {}

    private static Rule restart(String path) {
        return Rule.of(path).costs(Cost.RESTART, OTHERWISE);
    }
}
