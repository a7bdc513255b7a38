package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.storage.StoragePoolKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The folders of a host in memory, its storage pools, and the volumes in them. To be used under the host's lock. */
final class MemoryStorage {
    private static final String PLENTY = "1099511627776";

    private final SeededChoice chance;
    private final StoragePoolKind kind = new StoragePoolKind();
    private final Map<String, MemoryPool> pools = new TreeMap<>();

    /** The mode of each folder that there is. */
    private final Map<String, String> folders = new TreeMap<>();

    /** Volumes by path: they outlive their pools. */
    private final Map<String, Element> files = new TreeMap<>();

    private final Map<String, List<VolumeUsage>> users = new TreeMap<>();

    MemoryStorage(SeededChoice chance) {
        this.chance = chance;
    }

    Map<String, Observed> pools() {
        Map<String, Observed> observed = new TreeMap<>();
        pools.forEach((name, pool) -> observed.put(name, pool.observed()));
        return observed;
    }

    Map<String, Observed> volumes() {
        Map<String, Observed> observed = new TreeMap<>();
        pools.forEach((name, pool) -> {
            if (pool.active()) {
                files.forEach((path, volume) -> {
                    if (path.startsWith(pool.folder() + "/")) {
                        var full = name + "/" + path.substring(pool.folder().length() + 1);
                        observed.put(full, new Observed.Present(full, volume, Optional.empty(), true, true, false));
                    }
                });
            }
        });
        return observed;
    }

    /** Perform an action on a storage pool. */
    void changePool(Action action) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> define(MemoryDocument.of("storagepool.rng", define));
            case Action.Undefine undefine -> undefine(name);
            case Action.Start start -> start(name);
            case Action.Stop stop -> stop(name);
            case Action.Build build -> build(name);
            case Action.SetAutostart setAutostart -> autostart(name, setAutostart.enabled());
            case Action.Resize other -> throw MemoryWriter.unsupported(other);
            case Action.Provide other -> throw MemoryWriter.unsupported(other);
            case Action.UpdateNetwork other -> throw MemoryWriter.unsupported(other);
            case Action.Replug other -> throw MemoryWriter.unsupported(other);
            case Action.AwaitReady other -> throw MemoryWriter.unsupported(other);
            case Action.SetMetadata other -> throw MemoryWriter.unsupported(other);
            case Action.Guest other -> throw MemoryWriter.unsupported(other);
        }
    }

    /** Perform an action on a volume. */
    void changeVolume(Action action) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> createVolume(name, MemoryDocument.of("storagevol.rng", define));
            case Action.Undefine undefine -> deleteVolume(name);
            case Action.Resize resize -> resize(resize);
            case Action.Start other -> throw MemoryWriter.unsupported(other);
            case Action.Stop other -> throw MemoryWriter.unsupported(other);
            case Action.Build other -> throw MemoryWriter.unsupported(other);
            case Action.Provide other -> throw MemoryWriter.unsupported(other);
            case Action.SetAutostart other -> throw MemoryWriter.unsupported(other);
            case Action.UpdateNetwork other -> throw MemoryWriter.unsupported(other);
            case Action.Replug other -> throw MemoryWriter.unsupported(other);
            case Action.AwaitReady other -> throw MemoryWriter.unsupported(other);
            case Action.SetMetadata other -> throw MemoryWriter.unsupported(other);
            case Action.Guest other -> throw MemoryWriter.unsupported(other);
        }
    }

    void define(Element given) {
        var identified = given.childText("uuid").isPresent() ? given : kind.identified(given, chance.uuid());
        var form = measured(kind.comparable(identified), "0");
        var name = kind.documentName(form).orElse("");
        var uuid = kind.uuid(form).orElseThrow();
        pools.forEach((otherName, other) -> {
            if (otherName.equals(name) && !other.uuid().equals(uuid)) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.STORAGE,
                        "operation failed: pool '" + name + "' already exists with uuid " + other.uuid());
            }
            if (!otherName.equals(name) && other.uuid().equals(uuid)) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.STORAGE,
                        "operation failed: pool '" + otherName + "' is already defined with uuid " + uuid);
            }
            if (!otherName.equals(name)
                    && !other.folder().isEmpty()
                    && other.folder().equals(folder(form))) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.STORAGE,
                        "operation failed: Storage source conflict with pool: '" + otherName + "'");
            }
        });
        var before = pools.get(name);
        pools.put(
                name,
                before == null
                        ? new MemoryPool(uuid, form, Optional.empty(), false, true, false)
                        : before.withDefinition(form));
    }

    void undefine(String name) {
        var pool = pools.get(name);
        if (pool != null && pool.active()) {
            throw LibvirtRefusal.WRONG_STATE.of(
                    LibvirtRefusal.STORAGE,
                    "Requested operation is not valid: storage pool '" + name + "' is still active");
        }
        pools.remove(name);
    }

    void build(String name) {
        var pool = required(name);
        if (!pool.active()) {
            var mode = permission(pool.current(), "mode");
            if (mode.isPresent() || !folders.containsKey(pool.folder())) {
                folders.put(pool.folder(), mode.orElse("0711"));
            }
        }
    }

    /** What a pool is made of is read when it starts, whatever its definition said. */
    void start(String name) {
        var pool = required(name);
        if (pool.active()) {
            return;
        }
        if (!folders.containsKey(pool.folder())) {
            build(name);
        }
        var permissions = Element.of("permissions")
                .plus(Element.of("mode").withText(folders.getOrDefault(pool.folder(), "0711")))
                .plus(Element.of("owner").withText("0"))
                .plus(Element.of("group").withText("0"));
        var target = pool.current().child("target").orElse(Element.of("target"));
        pools.put(name, pool.started(measured(pool.current().withChild(target.withChild(permissions)), PLENTY)));
    }

    void stop(String name) {
        pools.computeIfPresent(name, (key, pool) -> pool.active() ? pool.stopped() : pool);
    }

    void autostart(String name, boolean enabled) {
        pools.put(name, required(name).withAutostart(enabled));
    }

    void createVolume(String name, Element volume) {
        var pool = running(name);
        var path = pool.folder() + "/" + own(name);
        if (files.containsKey(path)) {
            return;
        }
        var backing = volume.child("backingStore").flatMap(store -> store.childText("path"));
        if (backing.isPresent() && !files.containsKey(backing.get())) {
            throw LibvirtRefusal.SYSTEM.of(LibvirtRefusal.STORAGE, "Cannot access backing store " + backing.get());
        }
        files.put(path, written(volume, path));
    }

    private static Element written(Element volume, String path) {
        var target = volume.child("target").orElse(Element.of("target"));
        var format = target.child("format").orElse(Element.of("format").withAttribute("type", "raw"));
        var form = new Element(volume.name(), Map.of(), List.of(), "")
                .withAttribute("type", "file")
                .plus(Element.of("name").withText(volume.childText("name").orElse("")))
                .plus(Element.of("key").withText(path))
                .plus(size("capacity", volume.childText("capacity").orElse("0")))
                .plus(size("allocation", volume.childText("allocation").orElse("0")))
                .plus(Element.of("target")
                        .plus(Element.of("path").withText(path))
                        .plus(format));
        return volume.child("backingStore").map(form::plus).orElse(form);
    }

    /** Put an image where volumes can be backed by it. */
    void provide(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        files.putIfAbsent(
                path,
                written(
                        Element.of("volume")
                                .plus(Element.of("name").withText(name))
                                .plus(Element.of("capacity").withText(Integer.toString(1 << 20))),
                        path));
    }

    void deleteVolume(String name) {
        var pool = pools.get(pool(name));
        if (pool != null && pool.active()) {
            files.remove(pool.folder() + "/" + own(name));
        }
    }

    void resize(Action.Resize resize) {
        var path = running(resize.target().name()).folder() + "/"
                + own(resize.target().name());
        var volume = files.get(path);
        if (volume == null) {
            throw LibvirtRefusal.NO_VOLUME.of(LibvirtRefusal.STORAGE, "Storage volume not found: " + path);
        }
        var before = Long.parseLong(volume.childText("capacity").orElse("0"));
        if (resize.capacity() < before && !resize.shrink()) {
            throw LibvirtRefusal.INVALID.of(
                    LibvirtRefusal.STORAGE,
                    "invalid argument: Can't shrink capacity below current capacity unless shrink flag explicitly"
                            + " specified");
        }
        files.put(path, volume.withChild(size("capacity", Long.toString(resize.capacity()))));
    }

    void use(String volume, VolumeUsage usage) {
        users.computeIfAbsent(volume, key -> new ArrayList<>()).add(usage);
    }

    List<VolumeUsage> users(ResourceId volume) {
        List<VolumeUsage> found = new ArrayList<>(users.getOrDefault(volume.name(), List.of()));
        var all = volumes();
        if (all.get(volume.name()) instanceof Observed.Present present) {
            var path = present.defined().child("target").flatMap(target -> target.childText("path"));
            all.forEach((name, observed) -> {
                if (observed instanceof Observed.Present other
                        && path.isPresent()
                        && other.defined()
                                .child("backingStore")
                                .flatMap(store -> store.childText("path"))
                                .equals(path)) {
                    found.add(new VolumeUsage(new ResourceId("volume", name), "backing file"));
                }
            });
        }
        return found;
    }

    /** Return what should never be so: a volume whose backing file is gone. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        files.forEach((path, volume) -> volume.child("backingStore")
                .flatMap(store -> store.childText("path"))
                .filter(backing -> !files.containsKey(backing))
                .ifPresent(backing -> violations.add(path + " is backed by " + backing + ", which is gone")));
        return violations;
    }

    private MemoryPool required(String name) {
        var pool = pools.get(name);
        if (pool == null) {
            throw LibvirtRefusal.NO_POOL.of(
                    LibvirtRefusal.STORAGE,
                    "Storage pool not found: no storage pool with matching name '" + name + "'");
        }
        return pool;
    }

    private MemoryPool running(String volume) {
        var pool = required(pool(volume));
        if (!pool.active()) {
            throw LibvirtRefusal.WRONG_STATE.of(
                    LibvirtRefusal.STORAGE,
                    "Requested operation is not valid: storage pool '" + pool(volume) + "' is not active");
        }
        return pool;
    }

    private static String pool(String volume) {
        return volume.substring(0, volume.indexOf('/'));
    }

    private static String own(String volume) {
        return volume.substring(volume.indexOf('/') + 1);
    }

    private static String folder(Element pool) {
        return pool.child("target").flatMap(target -> target.childText("path")).orElse("");
    }

    private static Optional<String> permission(Element pool, String name) {
        return pool.child("target")
                .flatMap(target -> target.child("permissions"))
                .flatMap(permissions -> permissions.childText(name));
    }

    private static Element measured(Element pool, String capacity) {
        Map<String, String> sizes = new LinkedHashMap<>();
        sizes.put("capacity", capacity);
        sizes.put("allocation", "0");
        sizes.put("available", capacity);
        var measured = pool;
        for (var entry : sizes.entrySet()) {
            measured = measured.withChild(size(entry.getKey(), entry.getValue()));
        }
        return measured;
    }

    private static Element size(String name, String bytes) {
        return Element.of(name).withAttribute("unit", "bytes").withText(bytes);
    }
}
