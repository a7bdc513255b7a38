package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The devices that newer versions of libvirt derive from a definition and write into it. The observed document shows
 * whether the host does so: a version that does not know a device rejects it. See qemuDomainDefAddDefaultDevices in
 * libvirt's src/qemu/qemu_postparse.c.
 */
public final class ImpliedDevices {
    private static final String WATCHDOG = "watchdog";
    private static final String ITCO = "itco";

    private ImpliedDevices() {}

    /** Return a declared document with the devices that the libvirt of the observed document derives from it. */
    public static Element in(Element declared, Element observed) {
        var form = declared.withChildren(declared.children().stream()
                .map(child -> child.is("devices") ? videos(child, observed) : child)
                .toList());
        return watchdog(ImpliedFirmware.in(form, observed), observed);
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

    /** Only the first display, or one that is marked as primary, can be the display that a PC boots with. */
    private static Element videos(Element devices, Element observed) {
        var others = VmDevices.of(observed, "video");
        List<Element> children = new ArrayList<>();
        var index = 0;
        for (var device : devices.children()) {
            if (device.is("video")) {
                var other = index < others.size() ? Optional.of(others.get(index)) : Optional.<Element>empty();
                children.add(other.map(found -> video(device, found)).orElse(device));
                index++;
            } else {
                children.add(device);
            }
        }
        return devices.withChildren(children);
    }

    private static Element video(Element video, Element observed) {
        var model = video.child("model");
        var found = observed.child("model");
        var isWritten = found.flatMap(other -> other.attribute("device")).isPresent();
        var isVirtio = model.flatMap(own -> own.attribute("type"))
                .filter("virtio"::equals)
                .isPresent();
        if (!isWritten || !isVirtio || model.orElseThrow().attribute("device").isPresent()) {
            return video;
        }
        var isPrimary =
                found.orElseThrow().attribute("primary").filter("yes"::equals).isPresent();
        return video.withChild(model.orElseThrow().withAttribute("device", device(video, isPrimary)));
    }

    /** Return the QEMU device of a virtio display, as qemuDeviceVideoGetModel in src/qemu/qemu_domain.c does. */
    private static String device(Element video, boolean isPrimary) {
        var isOutside = VmDevices.attribute(video, "driver", "name")
                .filter("vhostuser"::equals)
                .isPresent();
        var isGl = video.child("model")
                .flatMap(model -> model.child("acceleration"))
                .flatMap(acceleration -> acceleration.attribute("accel3d"))
                .filter("yes"::equals)
                .isPresent();
        var kind = isPrimary ? "vga" : "gpu";
        return isOutside ? "vhost-user-" + kind : "virtio-" + kind + (isGl ? "-gl" : "");
    }
}
