package dev.paddock.host.libvirt.storage;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.TreeMap;

/**
 * The permissions of a storage pool's folder, as far as its document contains them.
 *
 * @param values mode, owner and group, in normalized form; those of a mount are not the folder's
 */
record FolderPermissions(Map<String, String> values) {
    FolderPermissions {
        values = Map.copyOf(values);
    }

    static FolderPermissions of(Element pool) {
        Map<String, String> values = new TreeMap<>();
        if (pool.attribute("type").filter("dir"::equals).isPresent()) {
            pool.children("target").stream()
                    .flatMap(target -> target.children("permissions").stream())
                    .flatMap(permissions -> permissions.children().stream())
                    .filter(child -> !child.is("label"))
                    .forEach(child -> values.put(child.name().local(), Normalizers.INTEGER.apply(child.text())));
        }
        return new FolderPermissions(values);
    }

    /** Return whether these match all declared permissions. */
    boolean satisfy(FolderPermissions declared) {
        return values.entrySet().containsAll(declared.values.entrySet());
    }
}
