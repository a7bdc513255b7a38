package dev.paddock.host.libvirt.storage;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.ReadConnection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what uses a volume, which libvirt itself does not check when it deletes one. */
public final class VolumeUsers {
    /** virDomainXMLFlags: VIR_DOMAIN_XML_INACTIVE. */
    private static final int INACTIVE = 1 << 1;

    private static final int LIVE = 0;

    private VolumeUsers() {}

    /**
     * Return what uses a volume.
     *
     * @param layers what lies below the files of the host, which libvirt does not say of VMs that do not run
     */
    public static List<VolumeUsage> of(ReadConnection connection, ResourceId volume, SourceLayers layers) {
        var volumes = VolumeReader.read(connection, Optional.empty());
        if (!(volumes.get(volume.name()) instanceof Observed.Present present)) {
            return List.of();
        }
        var path = path(present.defined(), "target");
        Set<VolumeUsage> users = new LinkedHashSet<>();
        volumes.forEach((name, observed) -> {
            if (path.isPresent()
                    && observed instanceof Observed.Present other
                    && path(other.defined(), "backingStore").equals(path)) {
                users.add(new VolumeUsage(new ResourceId(volume.kind(), name), "backing file"));
            }
        });
        for (var guest : guests(connection)) {
            try {
                var name = DomainCalls.virDomainGetName(guest).getString(0, "UTF-8");
                for (var flags : List.of(INACTIVE, LIVE)) {
                    document(connection, guest, flags).ifPresent(document -> {
                        var spec = PoolSpec.of(document);
                        var id = new ResourceId(spec.isPresent() ? "pool" : "vm", name);
                        Stream.concat(
                                        Stream.concat(uses(document, volume, path), layered(document, path, layers)),
                                        spec.stream().flatMap(pool -> backed(pool, path)))
                                .forEach(use -> users.add(new VolumeUsage(id, use)));
                    });
                }
            } finally {
                DomainCalls.virDomainFree(guest);
            }
        }
        return List.copyOf(users);
    }

    private static Optional<String> path(Element volume, String part) {
        return volume.child(part).flatMap(element -> element.childText("path"));
    }

    public static Pointer[] guests(ReadConnection connection) {
        var array = new PointerByReference();
        var count = DomainCalls.virConnectListAllDomains(connection.pointer(), array, 0);
        if (count < 0) {
            throw connection.failure();
        }
        try {
            return array.getValue().getPointerArray(0, count);
        } finally {
            ClientLibrary.free(array.getValue());
        }
    }

    private static Optional<Element> document(ReadConnection connection, Pointer guest, int flags) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, flags);
        if (text == null) {
            var error = LibvirtError.take();
            if (error.code() == LibvirtError.NO_DOMAIN) {
                return Optional.empty();
            }
            throw connection.failure(error);
        }
        try {
            return Optional.of(XmlReader.read(ClientLibrary.take(text)));
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }

    private static Stream<String> uses(Element domain, ResourceId volume, Optional<String> path) {
        var booted = domain.children("os").stream()
                .flatMap(os -> os.children().stream())
                .filter(part -> part.is("kernel") || part.is("initrd"))
                .filter(part -> path.filter(part.text().strip()::equals).isPresent())
                .map(part -> part.name().local());
        return Stream.concat(booted, disks(domain, volume, path).map(disk -> "disk " + disk));
    }

    /** Return the disks that are on layers above a file. */
    private static Stream<String> layered(Element domain, Optional<String> path, SourceLayers layers) {
        return domain.children("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .filter(disk -> path.filter(file -> layers.isBelow(file, disk)).isPresent())
                .map(disk -> "disk "
                        + disk.child("target")
                                .flatMap(target -> target.attribute("dev"))
                                .orElse("?"));
    }

    /** Return how a pool uses a file that backs the disks of its VMs. */
    private static Stream<String> backed(PoolSpec pool, Optional<String> path) {
        return pool.disks().stream()
                .filter(disk -> path.isPresent()
                        && disk.backing().map(SlotDisk.Backing::path).equals(path))
                .map(disk -> "disk " + disk.target());
    }

    /** Return the targets of the disks that are on the volume, directly or by a backing file. */
    static Stream<String> disks(Element domain, ResourceId volume, Optional<String> path) {
        return domain.children("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .filter(disk -> isOn(disk, volume, path))
                .map(disk -> disk.child("target")
                        .flatMap(target -> target.attribute("dev"))
                        .orElse("?"));
    }

    /** Return the targets of the disks that are the volume itself, not only backed by it. */
    static List<String> disksOfTheirOwn(Element domain, ResourceId volume, Optional<String> path) {
        return domain.children("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .filter(disk -> disk.children("source").stream().anyMatch(source -> isSource(source, volume, path)))
                .flatMap(disk -> disk.children("target").stream())
                .flatMap(target -> target.attribute("dev").stream())
                .toList();
    }

    private static boolean isOn(Element disk, ResourceId volume, Optional<String> path) {
        return disk.children("source").stream().anyMatch(source -> isSource(source, volume, path))
                || disk.children("mirror").stream().anyMatch(mirror -> isOn(mirror, volume, path))
                || disk.children("backingStore").stream().anyMatch(backing -> isOn(backing, volume, path));
    }

    private static boolean isSource(Element source, ResourceId volume, Optional<String> path) {
        var named = source.attribute("pool")
                .flatMap(pool -> source.attribute("volume").map(name -> pool + "/" + name));
        return named.filter(volume.name()::equals).isPresent()
                || (path.isPresent()
                        && Stream.of("file", "dev", "dir").anyMatch(attribute -> source.attribute(attribute)
                                .equals(path)));
    }
}
