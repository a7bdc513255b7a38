package dev.paddock.storage;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a storage pool as fields of a playbook: the inverse of schema and template. */
public final class StoragePoolDescription {
    private StoragePoolDescription() {}

    static Map<String, Object> of(Element document) {
        var pool = NormalizedStoragePool.of(document);
        var source = pool.child("source").orElse(Element.of("source"));
        return new YamlBuilder()
                .value("uuid", pool.childText("uuid"))
                .attributes(pool, "type")
                .value("target", pool.child("target").flatMap(StoragePoolDescription::target))
                .value("source", unlessEmpty(source(source, pool)))
                .value(
                        "features",
                        pool.child("features")
                                .flatMap(features -> ElementReader.attribute(features, "cow", "state"))
                                .map(state -> Map.of("cow", state)))
                .value(
                        "refresh",
                        pool.child("refresh")
                                .flatMap(refresh -> ElementReader.attribute(refresh, "volume", "allocation"))
                                .map(allocation -> Map.of("allocation", allocation)))
                .value("mount_opts", mountOptions(pool))
                .value("config_opts", configOptions(pool))
                .entries();
    }

    private static Optional<Object> target(Element target) {
        var yaml = new YamlBuilder()
                .value("path", ElementReader.text(target, "path"))
                .value("permissions", target.child("permissions").flatMap(StoragePoolDescription::permissions));
        return yaml.entries().isEmpty() ? Optional.empty() : Optional.of(yaml.shortBy("path"));
    }

    static Optional<Object> permissions(Element permissions) {
        var yaml = new YamlBuilder();
        permissions.children().forEach(child -> yaml.entries().put(child.name().local(), child.text()));
        return unlessEmpty(yaml);
    }

    private static YamlBuilder source(Element source, Element pool) {
        var standard = StoragePoolType.of(pool).flatMap(StoragePoolType::format);
        return new YamlBuilder()
                .list("hosts", source.children("host"), host -> new YamlBuilder()
                        .attributes(host, "name", "port")
                        .shortBy("name"))
                .list("devices", source.children("device"), device -> new YamlBuilder()
                        .attributes(device, "path", "part_separator")
                        .shortBy("path"))
                .value("dir", ElementReader.attribute(source, "dir", "path"))
                .value("adapter", source.child("adapter").map(StoragePoolDescription::adapter))
                .value("name", ElementReader.text(source, "name").filter(name -> !ElementReader.text(pool, "name")
                        .equals(Optional.of(name))))
                .value(
                        "initiator",
                        source.child("initiator")
                                .flatMap(initiator -> ElementReader.attribute(initiator, "iqn", "name")))
                .value(
                        "format",
                        ElementReader.attribute(source, "format", "type")
                                .filter(format -> !standard.equals(Optional.of(format))))
                .value("auth", source.child("auth").map(auth -> new YamlBuilder()
                        .attributes(auth, "type", "username")
                        .value("secret", auth.child("secret").map(secret -> new YamlBuilder()
                                .attributes(secret, "uuid", "usage")
                                .entries()))
                        .entries()))
                .value("protocol", ElementReader.attribute(source, "protocol", "ver"))
                .value("vendor", ElementReader.attribute(source, "vendor", "name"))
                .value("product", ElementReader.attribute(source, "product", "name"));
    }

    private static Object adapter(Element adapter) {
        var yaml = new YamlBuilder()
                .attributes(
                        adapter,
                        "type",
                        "name",
                        "parent",
                        "parent_wwnn",
                        "parent_wwpn",
                        "parent_fabric_wwn",
                        "managed",
                        "wwnn",
                        "wwpn")
                .value("parentaddr", adapter.child("parentaddr").map(parent -> new YamlBuilder()
                        .attributes(parent, "unique_id")
                        .value("address", parent.child("address").map(address -> new YamlBuilder()
                                .attributes(address, "domain", "bus", "slot", "function")
                                .entries()))
                        .entries()));
        yaml.entries().remove("type", "scsi_host");
        return yaml.shortBy("name");
    }

    private static Optional<Object> mountOptions(Element pool) {
        List<String> names = new ArrayList<>();
        options(pool, NormalizedStoragePool.FS)
                .forEach(option -> option.attribute("name").ifPresent(names::add));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static Optional<Object> configOptions(Element pool) {
        Map<String, Object> values = new LinkedHashMap<>();
        options(pool, NormalizedStoragePool.RBD)
                .forEach(option -> values.put(
                        option.attribute("name").orElse(""),
                        option.attribute("value").orElse("")));
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private static List<Element> options(Element pool, String space) {
        return pool.children().stream()
                .filter(child -> child.name().space().equals(space))
                .flatMap(child -> child.children().stream())
                .toList();
    }

    private static Optional<Object> unlessEmpty(YamlBuilder yaml) {
        return yaml.entries().isEmpty() ? Optional.empty() : Optional.of(yaml.entries());
    }

    /** Return a size in the largest unit that divides it. */
    public static String size(String bytes) {
        if (!Normalizers.INTEGER.apply(bytes).matches("[0-9]{1,18}")) {
            return bytes;
        }
        var number = Long.parseLong(bytes);
        for (var unit : List.of("TiB", "GiB", "MiB", "KiB")) {
            var factor = StorageSizes.factor(unit);
            if (number > 0 && number % factor == 0) {
                return number / factor + " " + unit;
            }
        }
        return bytes;
    }
}
