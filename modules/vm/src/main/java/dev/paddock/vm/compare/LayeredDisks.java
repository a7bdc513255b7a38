package dev.paddock.vm.compare;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Disks that are on layers above what is declared. An external snapshot puts a new file on top of a disk and writes it
 * into the definition. The VM has written to that file since, so a definition that points back to the declared file
 * would lose that data.
 */
public final class LayeredDisks {
    private static final String BACKING = "backingStore";
    private static final String SOURCE = "source";
    private static final List<String> NAMES = List.of("file", "dev", "dir", "pool", "volume", "protocol", "name");

    private LayeredDisks() {}

    /** Return whether the layers of a VM's disks have to be known to compare it. */
    public static boolean matter(Element declared, Element observed) {
        return disks(declared).anyMatch(disk -> VmDevices.like(disk, observed)
                .filter(other -> isOther(disk, other)
                        || (other.child(BACKING).isPresent()
                                && disk.child(BACKING).isEmpty()))
                .isPresent());
    }

    /** Return the declared document on the upper layers of the disks whose declared source is a lower layer. */
    public static Element on(Element declared, Element observed, Map<String, List<Element>> layers) {
        return declared.withChildren(declared.children().stream()
                .map(child -> child.is("devices")
                        ? child.withChildren(child.children().stream()
                                .map(device -> device.is("disk") ? disk(device, observed, layers) : device)
                                .toList())
                        : child)
                .toList());
    }

    private static Element disk(Element disk, Element observed, Map<String, List<Element>> layers) {
        var found = VmDevices.like(disk, observed);
        if (found.isEmpty() || !isDisk(disk)) {
            return disk;
        }
        var other = found.get();
        var known = layers.getOrDefault(VmDevices.key(other).orElse(""), List.of());
        var chain = chain(other);
        if (!isOther(disk, other)) {
            // libvirt writes down the chain of a running VM, and it may stay when a snapshot is gone.
            var isTrue = !chain.isEmpty()
                    && chain.stream().allMatch(layer -> known.stream().anyMatch(source -> isSame(source, layer)));
            return isTrue && disk.child(BACKING).isEmpty()
                    ? disk.plus(other.child(BACKING).orElseThrow())
                    : disk;
        }
        var source = disk.child(SOURCE).orElseThrow();
        var isBelow = Stream.concat(chain.stream(), known.stream()).anyMatch(layer -> isSame(source, layer));
        return isBelow ? over(disk, other) : disk;
    }

    /** Return a declared disk with the source and format that the VM has now. */
    private static Element over(Element disk, Element observed) {
        var form = observed.attribute("type")
                .map(type -> disk.withAttribute("type", type))
                .orElse(disk)
                .withChild(observed.child(SOURCE).orElseThrow())
                .withoutChildren(BACKING);
        var format = VmDevices.attribute(observed, "driver", "type");
        if (format.isPresent()) {
            var driver = form.child("driver").orElse(Element.of("driver"));
            form = form.withChild(driver.withAttribute("type", format.get()));
        }
        return observed.child(BACKING).map(form::plus).orElse(form);
    }

    /** Return warnings about disks that are on other files than declared, or will be. */
    public static List<Diagnostic> warnings(
            ResourceId vm, SourceLocation place, Element declared, Element layered, Element observed) {
        List<Diagnostic> warnings = new ArrayList<>();
        disks(declared).forEach(disk -> {
            var now = VmDevices.like(disk, observed).filter(other -> isOther(disk, other));
            var kept = VmDevices.like(disk, layered).filter(other -> isOther(disk, other));
            if (now.isPresent()) {
                warnings.add(
                        kept.isPresent() ? onLayer(vm, place, disk, now.get()) : replaced(vm, place, disk, now.get()));
            }
        });
        return warnings;
    }

    private static Diagnostic onLayer(ResourceId vm, SourceLocation place, Element disk, Element now) {
        var target = VmDevices.key(disk).orElse("");
        return Diagnostic.warning(
                Code.DISK_LAYERED,
                place,
                "The disk " + target + " of " + vm + " is on " + name(now) + ", a layer on top of the declared "
                        + name(disk) + ", as after an external snapshot. It stays there.",
                "To bring both together, delete the snapshot, or run `virsh blockcommit " + vm.name() + " " + target
                        + " --active --pivot` while the VM runs; or declare the layer.");
    }

    private static Diagnostic replaced(ResourceId vm, SourceLocation place, Element disk, Element now) {
        return Diagnostic.warning(
                Code.DISK_REPLACED,
                place,
                "The disk " + VmDevices.key(disk).orElse("") + " of " + vm + " is on " + name(now)
                        + " now, and will be " + name(disk)
                        + ". The VM will no longer see what it wrote to the former, which stays as it is.",
                "If that is not intended, declare " + name(now) + ".");
    }

    private static String name(Element disk) {
        var source = disk.child(SOURCE).orElse(Element.of(SOURCE));
        return source.attribute("file")
                .or(() -> source.attribute("dev"))
                .or(() -> source.attribute("volume")
                        .map(volume -> "volume/" + source.attribute("pool").orElse("") + "/" + volume))
                .or(() -> source.attribute("name"))
                .orElse("another source");
    }

    /** Return the sources in the backing chain of a disk's definition. */
    private static List<Element> chain(Element disk) {
        List<Element> sources = new ArrayList<>();
        for (var store = disk.child(BACKING);
                store.isPresent();
                store = store.get().child(BACKING)) {
            store.get().child(SOURCE).ifPresent(sources::add);
        }
        return sources;
    }

    private static Stream<Element> disks(Element document) {
        return VmDevices.of(document, "disk").stream().filter(LayeredDisks::isDisk);
    }

    private static boolean isDisk(Element disk) {
        return List.of("disk", "lun").contains(disk.attribute("device").orElse("disk"));
    }

    private static boolean isOther(Element disk, Element other) {
        var wanted = disk.child(SOURCE);
        var found = other.child(SOURCE);
        return wanted.isPresent() && found.isPresent() && !isSame(wanted.get(), found.get());
    }

    private static boolean isSame(Element source, Element other) {
        return names(source).equals(names(other));
    }

    private static List<Optional<String>> names(Element source) {
        return NAMES.stream()
                .map(name -> NormalizedDisk.target(source).attribute(name))
                .toList();
    }
}
