package dev.paddock.vm.compare;

import dev.paddock.api.change.Change;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes from a merged document what libvirt chose for parts that have changed since. */
public final class MergedVm {
    private static final Set<String> FAMILIES = Set.of("pc-i440fx", "pc-q35");

    private MergedVm() {}

    public static Element fitting(UpdateRequest transition) {
        var merged = transition.merged();
        var desired = transition.desired().document();
        if (transition.changes().stream().map(Change::pattern).anyMatch(MergedVm::isOfCpu)) {
            merged = cpu(merged, desired);
        }
        var observed = transition.observed().defined();
        var isMoved = !family(merged).equals(family(observed));
        return merged.withChildren(merged.children().stream()
                .map(child -> child.is("devices") ? devices(child, desired, observed, isMoved) : child)
                .toList());
    }

    private static boolean isOfCpu(String pattern) {
        return pattern.equals("cpu") || pattern.startsWith("cpu/");
    }

    /** The check and the fallback of a CPU model belong to that model. */
    private static Element cpu(Element merged, Element desired) {
        return desired.child("cpu").map(merged::withChild).orElse(merged);
    }

    /** A machine of another family has other buses: no old address and no old controller fits. */
    private static Element devices(Element devices, Element desired, Element observed, boolean isMoved) {
        List<Element> children = new ArrayList<>();
        for (var device : devices.children()) {
            var isRefilled =
                    device.is("audio") && VmDevices.of(desired, "audio").isEmpty();
            if (!device.is("controller") && !isRefilled) {
                children.add(addressed(port(display(device, desired, observed), desired), desired, observed, isMoved));
            }
        }
        children.addAll(controllers(devices.withChildren(children), desired, observed, isMoved));
        return devices.withChildren(children);
    }

    /**
     * Controllers are matched by type and index, never by similarity. Those that libvirt added stay, at their address unless
     * it is declared for another device.
     */
    private static List<Element> controllers(Element devices, Element desired, Element observed, boolean isMoved) {
        var others = observed.withChild(devices);
        List<Element> left = new ArrayList<>(VmDevices.of(observed, "controller"));
        List<Element> merged = new ArrayList<>();
        for (var controller : ControllerIndexes.controllers(desired)) {
            var before =
                    left.stream().filter(other -> isSame(controller, other)).findFirst();
            before.ifPresent(left::remove);
            merged.add(before.filter(other -> !isMoved)
                    .map(other -> over(controller, other))
                    .orElse(controller));
        }
        if (!isMoved) {
            left.stream()
                    .filter(other -> merged.stream().noneMatch(own -> isInPlaceOf(own, other)))
                    .filter(other -> ImpliedControllers.isAdded(other, others, desired))
                    .map(ImpliedControllers::plain)
                    .forEach(merged::add);
        }
        var declared = ControllerIndexes.controllers(desired);
        return merged.stream()
                .map(controller -> declared.stream()
                                        .filter(own -> isInPlaceOf(own, controller))
                                        .anyMatch(own -> own.child("address").isPresent())
                                || controller
                                        .child("address")
                                        .filter(address -> BusAddresses.isTaken(address, desired))
                                        .isEmpty()
                        ? controller
                        : controller.withoutChildren("address"))
                .toList();
    }

    private static boolean isSame(Element controller, Element other) {
        return isInPlaceOf(controller, other)
                && (controller.attribute("model").isEmpty()
                        || controller.attribute("model").equals(other.attribute("model")));
    }

    private static boolean isInPlaceOf(Element controller, Element other) {
        return controller.attribute("type").equals(other.attribute("type"))
                && controller.attribute("index").equals(other.attribute("index"));
    }

    private static Element over(Element controller, Element other) {
        var form = controller;
        if (form.attribute("model").isEmpty() && other.attribute("model").isPresent()) {
            form = form.withAttribute("model", other.attribute("model").get());
        }
        for (var name : List.of("model", "target", "master", "address")) {
            if (form.child(name).isEmpty() && other.child(name).isPresent()) {
                form = form.plus(other.child(name).get());
            }
        }
        return form;
    }

    /** The memory of a display belongs to its model. */
    private static Element display(Element device, Element desired, Element observed) {
        if (!device.is("video")) {
            return device;
        }
        var type = VmDevices.attribute(device, "model", "type");
        var isKnown = VmDevices.of(observed, "video").stream()
                .anyMatch(other -> VmDevices.attribute(other, "model", "type").equals(type));
        return isKnown
                ? device
                : VmDevices.of(desired, "video").stream()
                        .filter(other ->
                                VmDevices.attribute(other, "model", "type").equals(type))
                        .findFirst()
                        .flatMap(other -> other.child("model"))
                        .map(device::withChild)
                        .orElse(device);
    }

    private static Element addressed(Element device, Element desired, Element observed, boolean isMoved) {
        var address = device.child("address");
        if (address.isEmpty() || isSaid(device, desired)) {
            return device;
        }
        var isOther = VmDevices.of(observed, device.name().local()).stream()
                .noneMatch(other ->
                        other.child("address").equals(address) && fit(other).equals(fit(device)));
        return isMoved || isOther || BusAddresses.isTaken(address.get(), desired)
                ? device.withoutChildren("address")
                : device;
    }

    /** Return the properties that determine the bus of a device. */
    private static List<Optional<String>> fit(Element device) {
        var disk = device.is("disk") ? NormalizedDisk.of(device) : device;
        return List.of(
                device.is("interface") || device.is("disk") ? Optional.empty() : device.attribute("type"),
                device.attribute("bus"),
                device.is("controller") ? device.attribute("model") : Optional.empty(),
                device.is("disk") ? VmDevices.attribute(disk, "target", "bus") : Optional.empty(),
                device.is("interface")
                        ? VmDevices.attribute(device, "model", "type")
                                .map(model -> model.startsWith("usb") ? "usb" : "pci")
                        : Optional.empty());
    }

    private static boolean isSaid(Element device, Element desired) {
        var own = VmDevices.like(device, desired);
        return own.isPresent()
                ? own.get().child("address").isPresent()
                : VmDevices.of(desired, device.name().local()).stream()
                        .anyMatch(other -> other.child("address").equals(device.child("address")));
    }

    /** A port of another type is replaced as a whole, with everything that libvirt chose for it. */
    private static Element port(Element device, Element desired) {
        var isGone = device.is("interface")
                && device.child("virtualport")
                        .filter(port -> port.attribute("type").isEmpty())
                        .isPresent()
                && VmDevices.like(device, desired)
                        .filter(own -> own.child("virtualport").isEmpty())
                        .isPresent();
        return isGone ? device.withoutChildren("virtualport") : device;
    }

    /** Return the name of a machine type without its version. */
    static String family(Element guest) {
        var machine = guest.child("os")
                .flatMap(os -> os.child("type"))
                .flatMap(type -> type.attribute("machine"))
                .orElse("");
        return FAMILIES.stream()
                .filter(family -> machine.startsWith(family)
                        || (machine.equals("pc") && family.equals("pc-i440fx"))
                        || (machine.equals("q35") && family.equals("pc-q35")))
                .findFirst()
                .orElse(machine);
    }
}
