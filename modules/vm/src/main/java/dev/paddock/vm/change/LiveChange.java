package dev.paddock.vm.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.vm.compare.NormalizedDisk;
import dev.paddock.vm.document.VmDevices;
import dev.paddock.vm.document.VmNormalizers;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which changes libvirt and QEMU can make while a VM runs. */
final class LiveChange {
    private static final Set<String> HOT_BUSES = Set.of("virtio", "scsi", "usb");
    private static final Set<String> HOT_DEVICES =
            Set.of("disk", "interface", "channel", "rng", "hostdev", "redirdev", "watchdog");
    private static final Set<String> MEDIA = Set.of("cdrom", "floppy");

    private LiveChange() {}

    static boolean isPossible(Change change, Observed.Present observed) {
        var steps = change.pattern().split("/", -1);
        if (steps[0].equals("metadata") || steps[0].equals("title") || steps[0].equals("description")) {
            return true;
        }
        if (steps.length == 2 && steps[0].equals("devices")) {
            return isPluggable(change, steps[1], observed);
        }
        return switch (steps[0]) {
            case "vcpu" -> change.pattern().equals("vcpu/@current") && grows(change, observed);
            case "currentMemory" -> isWithinMaximum(change, observed);
            default ->
                change.pattern().startsWith("devices/disk/source")
                        ? isMedium(change, observed)
                        : change.cost() == Cost.LIVE;
        };
    }

    private static boolean isPluggable(Change change, String device, Observed.Present observed) {
        if (!HOT_DEVICES.contains(device)) {
            return false;
        }
        var element = change.after().or(change::before).flatMap(LiveChange::parsed);
        return switch (change.action()) {
            case REMOVE -> element.filter(LiveChange::isHot).isPresent();
            case ADD ->
                element.filter(LiveChange::isHot).isPresent()
                        && hasPlace(element.get(), observed.live().orElse(observed.defined()));
            case CHANGE, MOVE, RELEASE -> false;
        };
    }

    private static boolean isHot(Element device) {
        return switch (device.name().local()) {
            case "disk" ->
                !MEDIA.contains(device.attribute("device").orElse("disk"))
                        && NormalizedDisk.of(device)
                                .child("target")
                                .flatMap(target -> target.attribute("bus"))
                                .filter(HOT_BUSES::contains)
                                .isPresent();
            case "channel" ->
                device.child("target")
                        .flatMap(target -> target.attribute("type"))
                        .filter("virtio"::equals)
                        .isPresent();
            default -> true;
        };
    }

    /** On a machine with PCI Express, a device is attached to a free root port, and libvirt never adds a port. */
    private static boolean hasPlace(Element device, Element running) {
        var ports = VmDevices.of(running, "controller").stream()
                .filter(controller -> controller
                        .attribute("model")
                        .filter("pcie-root-port"::equals)
                        .isPresent())
                .flatMap(controller -> controller.attribute("index").stream())
                .flatMap(index -> number(index).stream())
                .collect(Collectors.toSet());
        if (ports.isEmpty() || !isOfPci(device)) {
            return true;
        }
        running.children("devices").stream()
                .flatMap(devices -> devices.children().stream())
                .flatMap(other -> other.child("address").stream())
                .filter(address ->
                        address.attribute("type").filter("pci"::equals).isPresent())
                .flatMap(address -> address.attribute("bus").stream())
                .map(VmNormalizers.C_NUMBER::apply)
                .flatMap(bus -> number(bus).stream())
                .forEach(ports::remove);
        return !ports.isEmpty();
    }

    private static boolean isOfPci(Element device) {
        return switch (device.name().local()) {
            case "disk" ->
                NormalizedDisk.of(device)
                        .child("target")
                        .flatMap(target -> target.attribute("bus"))
                        .filter("virtio"::equals)
                        .isPresent();
            case "interface", "rng" -> true;
            case "hostdev" -> device.attribute("type").filter("pci"::equals).isPresent();
            default -> false;
        };
    }

    /** libvirt removes only processors that were added while the VM ran. */
    private static boolean grows(Change change, Observed.Present observed) {
        var running = observed.live().orElse(observed.defined()).child("vcpu");
        var now = running.flatMap(vcpu -> vcpu.attribute("current"))
                .or(() -> running.map(Element::text))
                .flatMap(LiveChange::number);
        var most = running.map(Element::text).flatMap(LiveChange::number);
        var wanted = change.after().flatMap(LiveChange::number).or(() -> most);
        return now.isPresent()
                && wanted.isPresent()
                && most.isPresent()
                && wanted.get() >= now.get()
                && wanted.get() <= most.get();
    }

    private static boolean isWithinMaximum(Change change, Observed.Present observed) {
        var most =
                observed.live().orElse(observed.defined()).childText("memory").flatMap(LiveChange::number);
        var wanted = change.after().flatMap(LiveChange::number);
        return most.isPresent() && wanted.map(memory -> memory <= most.get()).orElse(true);
    }

    private static Optional<Long> number(String text) {
        return text.strip().matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text.strip())) : Optional.empty();
    }

    /** A medium can be inserted and ejected; the image of a disk cannot change. */
    private static boolean isMedium(Change change, Observed.Present observed) {
        return VmDevices.at(change.path(), "disk", observed.live().orElse(observed.defined()))
                .or(() -> VmDevices.at(change.path(), "disk", observed.defined()))
                .filter(disk -> disk.attribute("device").filter(MEDIA::contains).isPresent())
                .isPresent();
    }

    private static Optional<Element> parsed(String xml) {
        try {
            return xml.startsWith("<") ? Optional.of(XmlReader.read(xml)) : Optional.empty();
        } catch (XmlException notXml) {
            return Optional.empty();
        }
    }
}
