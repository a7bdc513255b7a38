package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form in which disks are compared. */
public final class NormalizedDisk {
    /** See virDiskNameToBusDeviceIndex and virDomainDiskDefParseXML in libvirt's src/conf/domain_conf.c. */
    private static final Map<String, String> BUSES =
            Map.of("fd", "fdc", "sd", "scsi", "vd", "virtio", "xv", "xen", "ub", "uml", "hd", "ide");

    private NormalizedDisk() {}

    public static Element of(Element disk) {
        var device = disk.attribute("device").orElse("disk");
        List<Element> children = new ArrayList<>();
        for (var child : disk.children()) {
            part(child).ifPresent(children::add);
        }
        var form = disk.withChildren(children);
        if (device.equals("cdrom") && form.child("readonly").isEmpty()) {
            form = form.plus(Element.of("readonly"));
        }
        // An empty drive has no type: some versions of libvirt keep the declared type, others write "file".
        if (form.child("source").isEmpty()) {
            form = form.withoutAttribute("type");
        }
        var isReadOnly = form.child("readonly").isPresent();
        var isOutside = disk.attribute("type").filter("vhostuser"::equals).isPresent();
        return (isReadOnly || isOutside)
                        && disk.attribute("snapshot").filter("no"::equals).isPresent()
                ? form.withoutAttribute("snapshot")
                : form;
    }

    private static Optional<Element> part(Element child) {
        return switch (child.name().local()) {
            case "target" -> Optional.of(bus(child));
            case "source" -> NormalizedVm.unlessEmpty(source(child));
            case "backingStore" -> Optional.of(store(child));
            case "driver" -> NormalizedVm.unlessEmpty(cache(child));
            case "iotune" -> NormalizedVm.unlessEmpty(iotune(child));
            case "mirror" -> Optional.empty();
            default -> Optional.of(child);
        };
    }

    private static Element bus(Element target) {
        var name = target.attribute("dev").orElse("");
        var bus = name.length() < 2 ? null : BUSES.get(name.substring(0, 2));
        return target.attribute("bus").isPresent() || bus == null ? target : target.withAttribute("bus", bus);
    }

    private static Element source(Element source) {
        return target(source)
                .withChildren(source.children().stream()
                        .flatMap(child -> child.is("seclabel")
                                        && child.attribute("labelskip").isPresent()
                                ? java.util.stream.Stream.empty()
                                : java.util.stream.Stream.of(child))
                        .toList());
    }

    /** The unit of an iSCSI target is 0 by default. */
    static Element target(Element source) {
        var isTarget = source.is("source")
                && source.attribute("protocol").filter("iscsi"::equals).isPresent();
        return isTarget
                ? source.attribute("name")
                        .filter(name -> !name.contains("/"))
                        .map(name -> source.withAttribute("name", name + "/0"))
                        .orElse(source)
                : source;
    }

    private static Element store(Element store) {
        return store.withoutAttribute("index")
                .withChildren(store.children().stream()
                        // libvirt reports the end of a chain for running VMs only.
                        .filter(child -> !(child.is("backingStore")
                                && child.attributes().isEmpty()
                                && child.children().isEmpty()))
                        .map(child -> switch (child.name().local()) {
                            case "backingStore" -> store(child);
                            case "format" -> cache(child);
                            case "source" -> source(child);
                            default -> child;
                        })
                        .toList());
    }

    /** libvirt keeps no word that leaves a choice to QEMU. */
    private static Element cache(Element driver) {
        var form = driver;
        for (var name : driver.attributes().keySet()) {
            if (driver.attribute(name.local()).filter("default"::equals).isPresent()) {
                form = form.withoutAttribute(name.local());
            }
        }
        return form.withChildren(driver.children().stream()
                .map(child -> child.is("metadata_cache")
                        ? child.withChildren(child.children().stream()
                                .map(size -> NormalizedVm.amount(size, "B", 1))
                                .toList())
                        : child)
                .toList());
    }

    /** A limit of 0 means no limit. */
    private static Element iotune(Element iotune) {
        return iotune.withChildren(iotune.children().stream()
                .filter(limit -> !limit.text().strip().matches("0+"))
                .toList());
    }
}
