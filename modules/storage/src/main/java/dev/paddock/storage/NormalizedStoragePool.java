package dev.paddock.storage;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.storage.StoragePoolType.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings the document of a storage pool into the form that libvirt writes, without measured values, as
 * virStoragePoolDefParseXML and virStoragePoolDefFormatBuf in src/conf/storage_conf.c do.
 */
public final class NormalizedStoragePool {
    static final String FS = "http://libvirt.org/schemas/storagepool/fs/1.0";
    static final String RBD = "http://libvirt.org/schemas/storagepool/rbd/1.0";

    private NormalizedStoragePool() {}

    public static Element of(Element pool) {
        var type = StoragePoolType.of(pool);
        return type.isEmpty() ? pool : of(pool, type.get());
    }

    private static Element of(Element pool, StoragePoolType type) {
        var source = pool.child("source").orElse(Element.of("source"));
        var name = name(pool, type);
        List<Element> children = new ArrayList<>();
        name.ifPresent(text -> children.add(Element.of("name").withText(text)));
        pool.child("uuid").filter(ElementReader::hasText).ifPresent(children::add);
        features(pool).ifPresent(children::add);
        ElementReader.unlessEmpty(source(source, type, name)).ifPresent(children::add);
        if (type.hasTarget()) {
            ElementReader.unlessEmpty(target(pool, source, type, name)).ifPresent(children::add);
        }
        refresh(pool).ifPresent(children::add);
        options(pool, type).ifPresent(children::add);
        return new Element(pool.name(), Map.of(), children, "").withAttribute("type", type.word());
    }

    /** A pool whose source has a name may take its name from there. */
    static Optional<String> name(Element pool, StoragePoolType type) {
        var own = ElementReader.text(pool, "name");
        return own.isPresent() || !type.has(Part.NAME)
                ? own
                : pool.child("source").flatMap(source -> ElementReader.text(source, "name"));
    }

    private static Optional<Element> features(Element pool) {
        return pool.children("features").stream()
                .flatMap(features -> features.children("cow").stream())
                .findFirst()
                .flatMap(cow -> cow.attribute("state"))
                .map(state -> Element.of("features").plus(Element.of("cow").withAttribute("state", state)));
    }

    private static Element source(Element source, StoragePoolType type, Optional<String> name) {
        List<Element> children = new ArrayList<>();
        if (type.has(Part.HOST)) {
            source.children("host").stream()
                    .map(host -> ElementReader.only(host, "name", "port"))
                    .map(host -> host.attribute("port")
                                    .filter(port ->
                                            Normalizers.INTEGER.apply(port).equals("0"))
                                    .isPresent()
                            ? host.withoutAttribute("port")
                            : host)
                    .forEach(children::add);
        }
        if (type.has(Part.DEVICE)) {
            source.children("device").stream()
                    .map(device -> ElementReader.only(device, "path", "part_separator"))
                    .forEach(children::add);
        }
        if (type.has(Part.DIR)) {
            ElementReader.attribute(source, "dir", "path")
                    .map(StoragePaths::clean)
                    .or(() -> type == StoragePoolType.GLUSTER ? Optional.of("/") : Optional.empty())
                    .ifPresent(path -> children.add(Element.of("dir").withAttribute("path", path)));
        }
        if (type.has(Part.ADAPTER)) {
            source.child("adapter").map(ScsiAdapter::form).ifPresent(children::add);
        }
        if (type.has(Part.NAME)) {
            ElementReader.text(source, "name")
                    .or(() -> name)
                    .ifPresent(text -> children.add(Element.of("name").withText(text)));
        }
        if (type.has(Part.INITIATOR)) {
            source.children("initiator").stream()
                    .flatMap(initiator -> ElementReader.attribute(initiator, "iqn", "name").stream())
                    .findFirst()
                    .ifPresent(iqn -> children.add(
                            Element.of("initiator").plus(Element.of("iqn").withAttribute("name", iqn))));
        }
        type.format()
                .ifPresent(standard -> children.add(Element.of("format")
                        .withAttribute(
                                "type",
                                ElementReader.attribute(source, "format", "type")
                                        .orElse(standard))));
        source.child("auth").map(NormalizedStoragePool::auth).ifPresent(children::add);
        Stream.of("protocol/ver", "vendor/name", "product/name")
                .map(path -> path.split("/", -1))
                .forEach(path -> ElementReader.attribute(source, path[0], path[1])
                        .ifPresent(value -> children.add(Element.of(path[0]).withAttribute(path[1], value))));
        return Element.of("source").withChildren(children);
    }

    private static Element auth(Element auth) {
        var form = ElementReader.only(auth, "type", "username");
        return auth.child("secret")
                .map(secret -> form.plus(ElementReader.only(secret, "type", "uuid", "usage")))
                .orElse(form);
    }

    private static Element target(Element pool, Element source, StoragePoolType type, Optional<String> name) {
        var target = pool.child("target").orElse(Element.of("target"));
        var path = type.fixedTarget()
                .flatMap(start ->
                        ElementReader.text(source, "name").or(() -> name).map(own -> start + own))
                .or(() -> ElementReader.text(target, "path"))
                .map(StoragePaths::clean);
        var form = Element.of("target");
        if (path.isPresent()) {
            form = form.plus(Element.of("path").withText(path.get()));
        }
        var permissions = target.child("permissions").flatMap(StoragePermissions::form);
        return permissions.isPresent() ? form.plus(permissions.get()) : form;
    }

    private static Optional<Element> refresh(Element pool) {
        return pool.children("refresh").stream()
                .flatMap(refresh -> ElementReader.attribute(refresh, "volume", "allocation").stream())
                .findFirst()
                .map(allocation ->
                        Element.of("refresh").plus(Element.of("volume").withAttribute("allocation", allocation)));
    }

    private static Optional<Element> options(Element pool, StoragePoolType type) {
        return switch (type) {
            case FS, NETFS -> options(pool, FS, "fs", "mount_opts", "name");
            case RBD -> options(pool, RBD, "rbd", "config_opts", "name", "value");
            case DIR, LOGICAL, DISK, ISCSI, ISCSI_DIRECT, SCSI, MPATH, SHEEPDOG, GLUSTER, ZFS, VSTORAGE ->
                Optional.empty();
        };
    }

    private static Optional<Element> options(
            Element pool, String space, String prefix, String list, String... attributes) {
        var outer = new XmlName(space, list, prefix);
        var inner = new XmlName(space, "option", prefix);
        var options = pool.children().stream()
                .filter(child -> child.name().equals(outer))
                .flatMap(child -> child.children().stream())
                .filter(option -> option.name().equals(inner))
                .map(option -> ElementReader.only(option, attributes).withName(inner))
                .toList();
        return options.isEmpty() ? Optional.empty() : Optional.of(new Element(outer, Map.of(), options, ""));
    }
}
