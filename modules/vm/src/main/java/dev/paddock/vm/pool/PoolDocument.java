package dev.paddock.vm.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import dev.paddock.vm.document.VmReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The document of a pool as a whole, whatever wrote it: the pattern of its VMs. */
final class PoolDocument {
    private static final String FIX =
            "Write it as the domain.xml.ftlx of this program does, which a template of your own"
                    + " can do with the same lines; or say all of it in fields.";

    private PoolDocument() {}

    /**
     * Return the errors in a pattern.
     *
     * @param place the position of the pool
     */
    static List<Diagnostic> mistakes(Element pattern, SourceLocation place) {
        var element = PoolSpec.elementOf(pattern);
        if (element.isEmpty()) {
            return List.of(Diagnostic.error(
                    Code.WRONG_DOCUMENT,
                    place,
                    "The document does not say what the pool promises: there is no pool of the namespace "
                            + PoolSpec.SPACE + " in its metadata.",
                    FIX));
        }
        var spec = PoolSpec.of(pattern);
        if (spec.isEmpty() || !isUnderstood(element.get(), spec.get().element())) {
            return List.of(Diagnostic.error(
                    Code.WRONG_DOCUMENT,
                    place,
                    "What the document says of the pool in its metadata is not understood: an attribute is missing, or"
                            + " has a value that it cannot have.",
                    FIX));
        }
        List<Diagnostic> mistakes = new ArrayList<>(VmPoolChecks.of(spec.get(), key -> place));
        VmDevices.of(pattern, "disk").stream()
                .filter(disk -> isWritten(disk)
                        && VmDevices.attribute(disk, "source", "file").isEmpty())
                .forEach(disk -> mistakes.add(shared(
                        place, "the disk " + target(disk), "Give the disk a size or a file, or make it readonly.")));
        VmDevices.of(pattern, "filesystem").stream()
                .filter(share -> share.child("readonly").isEmpty())
                .forEach(share -> mistakes.add(shared(
                        place,
                        "the share " + target(share),
                        "Make it readonly; what a guest is to work on is what 'workspace' is for.")));
        if (spec.get().reset() != ResetMethod.RECREATE
                && VmDevices.of(pattern, "disk").stream().noneMatch(PoolDocument::isWritten)) {
            mistakes.add(Diagnostic.error(
                    Code.CONFLICTING_KEYS,
                    place,
                    "The pool's guests have no disk that they write to, and so none that could hold the clean snapshot"
                            + " which reset: " + spec.get().reset().word() + " goes back to.",
                    "Add a disk, such as disks: [{size: 1 GiB}], or write reset: recreate."));
        }
        return mistakes;
    }

    /** Return whether a VM of the pool has this MAC address in a network. */
    static boolean reserves(Element pattern, ResourceId network, String mac) {
        var name = pattern.childText("name").orElse("");
        var uuid = pattern.childText("uuid").orElse("");
        return VmReferences.of(pattern).stream()
                        .anyMatch(reference -> reference.to().equals(network))
                && PoolSpec.of(pattern)
                        .filter(spec -> IntStream.rangeClosed(1, spec.max())
                                .mapToObj(number -> new PoolSlot(name, uuid, number).mac(0))
                                .anyMatch(mac::equalsIgnoreCase))
                        .isPresent();
    }

    private static boolean isUnderstood(Element said, Element known) {
        return known.attributes().equals(said.attributes())
                && known.children().stream()
                        .map(Element::attributes)
                        .toList()
                        .equals(said.children().stream()
                                .map(Element::attributes)
                                .toList());
    }

    private static boolean isWritten(Element disk) {
        return disk.child("readonly").isEmpty()
                && disk.attribute("device").orElse("disk").equals("disk");
    }

    private static String target(Element device) {
        return VmDevices.attribute(device, "target", "dev")
                .or(() -> VmDevices.attribute(device, "target", "dir"))
                .orElse("?");
    }

    private static Diagnostic shared(SourceLocation place, String what, String fix) {
        return Diagnostic.error(
                Code.SHARED_BY_POOL,
                place,
                "All guests of the pool would write to " + what + ", and see what others have written.",
                fix);
    }

    /** Return the name of the pattern, and the names of the VMs. */
    static List<String> names(String name, Element pattern) {
        var most = PoolSpec.of(pattern).map(PoolSpec::max).orElse(0);
        return Stream.concat(
                        Stream.of(name),
                        IntStream.rangeClosed(1, most).mapToObj(number -> new PoolSlot(name, "", number).name()))
                .toList();
    }

    /** Return the files that must exist before a VM of the pool is created. */
    static List<String> files(Element pattern) {
        var disks = PoolSpec.of(pattern).map(PoolSpec::disks).orElse(List.of());
        var own = VmDevices.of(pattern, "disk").stream()
                .filter(disk -> disks.stream().anyMatch(each -> each.target().equals(target(disk))))
                .flatMap(disk -> VmDevices.attribute(disk, "source", "file").stream())
                .toList();
        return Stream.concat(
                        VmReferences.files(pattern).stream().filter(file -> !own.contains(file)),
                        disks.stream().map(SlotDisk::backing).flatMap(backing -> backing.stream()
                                .map(SlotDisk.Backing::path)))
                .toList();
    }
}
