package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import dev.paddock.vm.document.VmNormalizers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The controllers that libvirt adds: those of the machine, and those that devices need. See qemuDomainDefAddDefaultDevices
 * and virDomainDefAddImplicitControllers in libvirt's src/qemu and src/conf.
 */
final class ImpliedControllers {
    /** What libvirt writes of a controller that nobody declared. */
    private static final List<String> ATTRIBUTES = List.of("type", "index", "model");

    private static final Set<String> CHILDREN = Set.of("model", "target", "master", "address");

    /** The USB controllers of machines, by family; of another machine any. */
    private static final Map<String, Set<String>> USB = Map.of(
            "pc-i440fx", Set.of("piix3-uhci", "piix4-uhci"),
            "pc-q35", Set.of("piix3-uhci", "qemu-xhci", "ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3"));

    private static final int SPARE = 2;

    private ImpliedControllers() {}

    static Element in(Element declared, Element observed) {
        var own = ControllerIndexes.controllers(declared);
        var form = declared.child("devices").orElse(Element.of("devices"));
        for (var other : ControllerIndexes.controllers(observed)) {
            var isDeclared = own.stream()
                    .anyMatch(controller -> isAt(controller, other)
                            && (controller.attribute("model").isEmpty()
                                    || controller.attribute("model").equals(other.attribute("model"))
                                    || !other.attribute("model").orElse("").startsWith("ich9-")));
            if (!isDeclared && isAdded(other, observed, declared)) {
                form = form.plus(plain(other));
            }
        }
        return form.children().isEmpty() ? declared : declared.withChild(form);
    }

    /** Return whether libvirt adds a controller of a VM to its declaration. */
    static boolean isAdded(Element controller, Element guest, Element declared) {
        var index = controller.attribute("index").orElse("0");
        return switch (controller.attribute("type").orElse("")) {
            case "usb" -> (index.equals("0") && isOfMachine(controller, guest)) || isUsed(controller, guest);
            case "sata", "ide", "fdc" -> index.equals("0") || isUsed(controller, guest);
            case "pci" -> isReachable(number(controller), guest, declared);
            default -> isUsed(controller, guest);
        };
    }

    /**
     * libvirt adds the PCI buses that devices are on and those with lower numbers, and one without devices. Another one
     * stays empty after a device that was on it has gone, or has come back elsewhere. See qemuDomainAssignPCIAddresses
     * in src/qemu/qemu_domain_address.c.
     */
    private static boolean isReachable(int bus, Element guest, Element declared) {
        var last = ControllerIndexes.controllers(declared).stream()
                .filter(ImpliedControllers::isPci)
                .mapToInt(ImpliedControllers::number)
                .max()
                .orElse(0);
        var used = guest.children("devices").stream()
                .flatMap(devices -> devices.children().stream())
                .flatMap(device -> device.children("address").stream())
                .filter(address ->
                        address.attribute("type").filter("pci"::equals).isPresent())
                .mapToInt(address -> number(
                        VmNormalizers.C_NUMBER.apply(address.attribute("bus").orElse("0"))))
                .max()
                .orElse(0);
        return bus <= Math.max(last, used) + SPARE;
    }

    private static boolean isPci(Element controller) {
        return controller.attribute("type").filter("pci"::equals).isPresent();
    }

    private static int number(Element controller) {
        return number(controller.attribute("index").orElse("0"));
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
    }

    private static boolean isOfMachine(Element controller, Element guest) {
        var models = USB.get(MergedVm.family(guest));
        return models == null
                || controller.attribute("model").map(models::contains).orElse(true);
    }

    private static boolean isAt(Element controller, Element other) {
        return controller.attribute("type").equals(other.attribute("type"))
                && controller.attribute("index").equals(other.attribute("index"));
    }

    /** Return whether the address of a device names the controller. */
    private static boolean isUsed(Element controller, Element guest) {
        var type = controller.attribute("type").orElse("");
        var index = controller.attribute("index").orElse("0");
        var kind = Set.of("usb", "virtio-serial", "ccid").contains(type) ? type : "drive";
        var name = type.equals("usb") ? "bus" : "controller";
        return guest.children("devices").stream()
                .flatMap(devices -> devices.children().stream())
                .filter(device -> !kind.equals("drive") || isOnBus(device, type))
                .flatMap(device -> device.children("address").stream())
                .anyMatch(address ->
                        address.attribute("type").filter(kind::equals).isPresent()
                                && address.attribute(name).orElse("0").equals(index));
    }

    private static boolean isOnBus(Element device, String type) {
        return switch (device.name().local()) {
            case "disk" ->
                VmDevices.attribute(NormalizedDisk.of(device), "target", "bus")
                        .filter(type::equals)
                        .isPresent();
            case "hostdev" -> type.equals("scsi");
            default -> false;
        };
    }

    /** Return a controller as libvirt adds it. */
    static Element plain(Element controller) {
        var form = Element.of("controller");
        for (var name : ATTRIBUTES) {
            var value = controller.attribute(name);
            form = value.isPresent() ? form.withAttribute(name, value.get()) : form;
        }
        return form.withChildren(controller.children().stream()
                .filter(child -> CHILDREN.contains(child.name().local()))
                .toList());
    }
}
