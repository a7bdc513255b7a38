package dev.paddock.host.libvirt.snapshot;

import com.sun.jna.Pointer;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.libvirt.domain.DomainReader;
import dev.paddock.host.libvirt.storage.SourceLayers;
import dev.paddock.host.libvirt.storage.VolumeReader;
import dev.paddock.host.machine.LibvirtMachine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what lies below the disks of VMs. libvirt knows the backing chain of a running VM; that of a stopped one follows
 * from its external snapshots, from volumes, and from the files themselves.
 */
public final class DiskLayers {
    private DiskLayers() {}

    /**
     * Return the sources below the current one of each disk of a VM, by target. Who compares it has the definition, so
     * what that says is left out: it may be wrong.
     */
    public static Map<String, List<Element>> of(ReadConnection connection, LibvirtMachine machine, String vm) {
        var guest = DomainCalls.virDomainLookupByName(connection.pointer(), vm);
        if (guest == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Map.of();
            }
            throw connection.failure(error);
        }
        try {
            return of(connection, machine, vm, guest);
        } finally {
            DomainCalls.virDomainFree(guest);
        }
    }

    /** Return what lies below the files of all VMs, as their external snapshots and all volumes say. */
    public static SourceLayers all(ReadConnection connection, LibvirtMachine machine) {
        var layers = new SourceLayers(VolumeReader.read(connection, Optional.empty()), machine.root());
        SnapshotReader.read(connection, Optional.empty()).values().forEach(observed -> {
            if (observed instanceof Observed.Present present) {
                snapshot(layers, present.defined());
            }
        });
        return layers;
    }

    private static Map<String, List<Element>> of(
            ReadConnection connection, LibvirtMachine machine, String vm, Pointer guest) {
        var layers = new SourceLayers(VolumeReader.read(connection, Optional.empty()), machine.root());
        var definition = document(guest, DomainReader.INACTIVE);
        document(guest, 0).ifPresent(layers::add);
        SnapshotReader.of(connection, guest, vm).values().forEach(observed -> {
            if (observed instanceof Observed.Present present) {
                snapshot(layers, present.defined());
            }
        });
        Map<String, List<Element>> found = new LinkedHashMap<>();
        definition.ifPresent(
                document -> disks(document).forEach((target, disk) -> found.put(target, layers.below(disk))));
        return found;
    }

    /** An external snapshot, or a revert to one, put a new file on top of what the VM then had. */
    private static void snapshot(SourceLayers layers, Element snapshot) {
        for (var domain : List.of("domain", "inactiveDomain")) {
            for (var then : snapshot.children(domain)) {
                layers.add(then);
                var disks = disks(then);
                for (var part : List.of("disks", "revertDisks")) {
                    for (var list : snapshot.children(part)) {
                        list.children("disk").forEach(disk -> overlay(layers, disk, disks));
                    }
                }
            }
        }
    }

    private static void overlay(SourceLayers layers, Element overlay, Map<String, Element> disks) {
        var before = overlay.attribute("name").map(disks::get);
        var lower = before.flatMap(disk -> disk.child("source"));
        var upper = overlay.child("source");
        if (overlay.attribute("snapshot").filter("external"::equals).isPresent()
                && upper.isPresent()
                && lower.isPresent()) {
            layers.above(
                    upper.get(),
                    lower.get(),
                    before.get()
                            .child("driver")
                            .flatMap(driver -> driver.attribute("type"))
                            .orElse("raw"));
        }
    }

    private static Map<String, Element> disks(Element domain) {
        Map<String, Element> disks = new LinkedHashMap<>();
        domain.children("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .forEach(disk -> disk.child("target")
                        .flatMap(target -> target.attribute("dev"))
                        .ifPresent(target -> disks.put(target, disk)));
        return disks;
    }

    private static Optional<Element> document(Pointer guest, int flags) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, flags);
        if (text == null) {
            LibvirtError.take();
            return Optional.empty();
        }
        try {
            return Optional.of(XmlReader.read(ClientLibrary.take(text)));
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }
}
