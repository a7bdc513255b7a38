package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What libvirt adds to displays, and the displays that it adds. */
final class ImpliedDisplays {
    private static final String GRAPHICS = "graphics";
    private static final String VIDEO = "video";

    private ImpliedDisplays() {}

    static Element in(Element declared, Element observed) {
        return declared.withChildren(declared.children().stream()
                .map(child -> child.is("devices") ? videos(added(child, observed), observed) : child)
                .toList());
    }

    /** Who can see a display has something to see. See virDomainDefAddImplicitVideo in src/conf/domain_postparse.c. */
    private static Element added(Element devices, Element observed) {
        var others = VmDevices.of(observed, VIDEO);
        if (others.isEmpty()
                || devices.child(GRAPHICS).isEmpty()
                || devices.child(VIDEO).isPresent()) {
            return devices;
        }
        var model = others
                .getFirst()
                .child("model")
                .map(found ->
                        found.withChildren(List.of()).withoutAttribute("blob").withoutAttribute("edid"))
                .stream()
                .toList();
        return devices.plus(Element.of(VIDEO).withChildren(model));
    }

    /** Only the first display, or one that is marked as primary, can be the display that a PC boots with. */
    private static Element videos(Element devices, Element observed) {
        var others = VmDevices.of(observed, VIDEO);
        List<Element> children = new ArrayList<>();
        var index = 0;
        for (var device : NormalizedDevices.primaryFirst(devices.children())) {
            if (device.is(VIDEO)) {
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
