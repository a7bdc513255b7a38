package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;

/**
 * The devices that newer versions of libvirt derive from a definition and write into it. The observed document shows
 * whether the host does so: a version that does not know a device rejects it. See qemuDomainDefAddDefaultDevices in
 * libvirt's src/qemu/qemu_postparse.c.
 */
public final class ImpliedDevices {
    private static final String AUDIO = "audio";
    private static final String WATCHDOG = "watchdog";
    private static final String ITCO = "itco";

    private ImpliedDevices() {}

    /** Return a declared document with the devices that the libvirt of the observed document derives from it. */
    public static Element in(Element declared, Element observed) {
        var form = ImpliedControllers.in(ImpliedDisplays.in(declared, observed), observed);
        form = ImpliedCpu.in(hubs(audio(form, observed), observed), observed);
        return watchdog(ImpliedFirmware.in(form, observed), observed);
    }

    /** libvirt adds a hub where there are more USB devices than ports, and plugs them in there. */
    private static Element hubs(Element declared, Element observed) {
        if (VmDevices.of(observed, "hub").isEmpty()
                || !VmDevices.of(declared, "hub").isEmpty()) {
            return declared;
        }
        var devices = declared.child("devices").orElse(Element.of("devices"));
        for (var hub : VmDevices.of(observed, "hub")) {
            var port = VmDevices.attribute(hub, "address", "port").orElse("") + ".";
            var isUsed = observed.children("devices").stream()
                    .flatMap(all -> all.children().stream())
                    .anyMatch(device -> VmDevices.attribute(device, "address", "port")
                            .filter(other -> other.startsWith(port))
                            .isPresent());
            devices = isUsed ? devices.plus(hub) : devices;
        }
        return declared.withChild(devices);
    }

    /** The sound of a VM goes where its displays go, or nowhere. */
    private static Element audio(Element declared, Element observed) {
        var others = VmDevices.of(observed, AUDIO);
        if (others.isEmpty() || !VmDevices.of(declared, AUDIO).isEmpty()) {
            return declared;
        }
        var type = others.getFirst().attribute("type").orElse("none");
        var isOfDisplay = VmDevices.of(declared, "graphics").stream()
                .anyMatch(graphics ->
                        graphics.attribute("type").filter(type::equals).isPresent());
        if (!type.equals("none") && !isOfDisplay) {
            return declared;
        }
        var audio = Element.of(AUDIO).withAttribute("id", "1").withAttribute("type", type);
        return declared.withChild(
                declared.child("devices").orElse(Element.of("devices")).plus(audio));
    }

    /** A Q35 chipset has a watchdog with the action of the first other watchdog. */
    private static Element watchdog(Element declared, Element observed) {
        var watchdogs = VmDevices.of(declared, WATCHDOG);
        if (watchdogs.stream().anyMatch(ImpliedDevices::isOfChipset)
                || VmDevices.of(observed, WATCHDOG).stream().noneMatch(ImpliedDevices::isOfChipset)
                || !MergedVm.family(declared).equals(MergedVm.family(observed))) {
            return declared;
        }
        var action = watchdogs.stream()
                .findFirst()
                .flatMap(first -> first.attribute("action"))
                .orElse("reset");
        var devices = declared.child("devices").orElse(Element.of("devices"));
        return declared.withChild(
                devices.plus(Element.of(WATCHDOG).withAttribute("model", ITCO).withAttribute("action", action)));
    }

    private static boolean isOfChipset(Element watchdog) {
        return watchdog.attribute("model").filter(ITCO::equals).isPresent();
    }
}
