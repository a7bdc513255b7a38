package dev.paddock.vm.document;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.RelatedDocuments;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The formats of disks on volumes. QEMU does not start with a raw volume that it takes for qcow2, and a VM that gets an
 * image as raw writes over its header.
 */
public final class DiskFormats {
    private static final String RAW = "raw";

    /** The formats of disk images that have a header, among the formats that libvirt recognizes. */
    private static final Set<String> IMAGES =
            Set.of("qcow2", "qcow", "qed", "vmdk", "vdi", "vhd", "vpc", "cloop", "dmg");

    private DiskFormats() {}

    /** Return an error for each disk whose format is not that of its volume. */
    public static List<Diagnostic> mistakes(
            ResourceId id, Element document, SourceLocation place, RelatedDocuments others) {
        return VmDevices.of(document, "disk").stream()
                .filter(disk -> disk.attribute("device").orElse("disk").equals("disk"))
                .flatMap(disk -> mistake(id, disk, place, others).stream())
                .toList();
    }

    private static Optional<Diagnostic> mistake(
            ResourceId id, Element disk, SourceLocation place, RelatedDocuments others) {
        var volume = VmDevices.attribute(disk, "source", "pool")
                .flatMap(pool -> VmDevices.attribute(disk, "source", "volume")
                        .map(name -> new ResourceId("volume", pool + "/" + name)));
        var own = VmDevices.attribute(disk, "driver", "type").orElse(RAW);
        return volume.flatMap(found -> others.of(found)
                .map(DiskFormats::format)
                .filter(format -> !format.equals(own) && (IMAGES.contains(own) || IMAGES.contains(format)))
                .map(format -> Diagnostic.error(
                        Code.FORMAT_DIFFERS,
                        place,
                        "The disk " + VmDevices.key(disk).orElse("") + " of " + id + " has the format " + own
                                + ", and its " + found + " is " + format + ". "
                                + (own.equals(RAW)
                                        ? "The guest would see the image's header, and write over it."
                                        : "QEMU would not open it."),
                        "Write 'format: " + format + "' for the disk.")));
    }

    private static String format(Element volume) {
        return volume.child("target")
                .flatMap(target -> target.child("format"))
                .flatMap(format -> format.attribute("type"))
                .orElse(RAW);
    }
}
