package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The devices of a running VM in the form in which they are compared: without what the start determined. */
final class NormalizedLiveDevices {
    /** What a network or a port group has for the interfaces on it. */
    private static final Set<String> HANDED_DOWN = Set.of("bandwidth", "vlan", "port", "mtu");

    private NormalizedLiveDevices() {}

    static Element of(Element live, Element defined) {
        return live.withChildren(live.children().stream()
                .filter(device -> !(device.is("controller") && isLeft(device, defined)))
                .map(device -> device(device, defined))
                .toList());
    }

    /** A controller that a device was plugged into stays when the device goes. */
    private static boolean isLeft(Element controller, Element defined) {
        return defined.children("controller").stream()
                        .noneMatch(other -> other.attribute("type").equals(controller.attribute("type"))
                                && other.attribute("index").equals(controller.attribute("index")))
                && ImpliedControllers.plain(controller).equals(controller.withoutChildren("alias"));
    }

    private static Element device(Element device, Element defined) {
        return switch (device.name().local()) {
            case "graphics" -> graphics(device, defined);
            case "disk" -> disk(device, defined);
            case "channel" -> channel(device, defined);
            case "interface" -> network(device, defined);
            case "filesystem" -> filesystem(device, defined);
            case "memory" -> memory(device);
            default -> device;
        };
    }

    private static Element graphics(Element live, Element defined) {
        var own = defined.children("graphics").stream()
                .filter(other -> other.attribute("type").equals(live.attribute("type")))
                .findFirst();
        var form = live;
        if (live.attribute("autoport").filter("yes"::equals).isPresent()) {
            form = form.withoutAttribute("port").withoutAttribute("tlsPort");
        }
        var definition = own.map(NormalizedGraphics::of);
        var hasListen =
                definition.filter(found -> found.child("listen").isPresent()).isPresent();
        if (definition.isPresent() && !hasListen) {
            form = form.withoutChildren("listen").withoutAttribute("listen").withoutAttribute("socket");
        } else if (definition.isPresent()
                && definition.get().children("listen").stream()
                        .noneMatch(listen -> listen.attribute("address").isPresent()
                                || listen.attribute("socket").isPresent())) {
            form = form.withoutAttribute("listen").withoutAttribute("socket").withoutChildren("listen");
            for (var listen : definition.get().children("listen")) {
                form = form.plus(listen);
            }
        }
        var websocket = own.flatMap(found -> found.attribute("websocket")).filter("-1"::equals);
        return websocket.isPresent() ? form.withAttribute("websocket", "-1") : form;
    }

    /** libvirt reports the backing chain of a running VM. The definition has it only if it was declared. */
    private static Element disk(Element live, Element defined) {
        var own = defined.children("disk").stream()
                .filter(other -> target(other).equals(target(live)))
                .findFirst();
        var form = own.filter(found -> found.child("backingStore").isPresent()).isPresent()
                ? live
                : live.withoutChildren("backingStore");
        if (own.flatMap(found -> found.attribute("type"))
                .filter("volume"::equals)
                .isPresent()) {
            form = form.withAttribute("type", "volume")
                    .withChildren(form.children().stream()
                            .map(child -> child.is("source")
                                    ? own.flatMap(found -> found.child("source"))
                                            .orElse(child)
                                    : child)
                            .toList());
        }
        // What is in the drive has the format, not the drive.
        if (own.isPresent() && own.get().child("source").isEmpty()) {
            form = withDriver(
                    form, own.get().child("driver"), live.child("source").isEmpty());
        } else if (own.flatMap(found -> found.attribute("type"))
                .filter("volume"::equals)
                .isPresent()) {
            form = withDriver(form, own.get().child("driver"), true);
        }
        return form.withoutChildren("mirror");
    }

    /** Return a live disk with the format of its definition. */
    private static Element withDriver(Element live, Optional<Element> defined, boolean applies) {
        if (!applies || live.child("driver").isEmpty()) {
            return live;
        }
        var driver = live.child("driver").get();
        for (var name : List.of("name", "type")) {
            var own = defined.flatMap(found -> found.attribute(name));
            driver = own.isPresent() ? driver.withAttribute(name, own.get()) : driver.withoutAttribute(name);
        }
        return live.withChild(driver);
    }

    /**
     * A network and its port group hand down what an interface leaves open, and a start resolves the network. See
     * virNetworkPortDefPtr and virDomainNetDefFormat in libvirt's src/conf.
     */
    private static Element network(Element live, Element defined) {
        var own = defined.children("interface").stream()
                .filter(other ->
                        other.attribute("type").filter("network"::equals).isPresent())
                .filter(other ->
                        VmDevices.key(other).isPresent() && VmDevices.key(other).equals(VmDevices.key(live)))
                .findFirst()
                .orElse(Element.of("interface"));
        var network = VmDevices.attribute(live, "source", "network");
        if (network.isEmpty()) {
            return live;
        }
        List<Element> children = new ArrayList<>();
        for (var child : live.children()) {
            var isHandedDown = HANDED_DOWN.contains(child.name().local())
                    && own.child(child.name().local()).isEmpty();
            if (child.is("source")) {
                var source = Element.of("source").withAttribute("network", network.get());
                var group = child.attribute("portgroup");
                children.add(group.isPresent() ? source.withAttribute("portgroup", group.get()) : source);
            } else if (child.is("virtualport")) {
                // Its parameters are merged from all three.
                own.child("virtualport").ifPresent(children::add);
            } else if (!isHandedDown) {
                children.add(child);
            }
        }
        var form = live.withAttribute("type", "network").withChildren(children);
        return own.attribute("trustGuestRxFilters").isEmpty() ? form.withoutAttribute("trustGuestRxFilters") : form;
    }

    /** A start looks up the program that serves a share. */
    private static Element filesystem(Element live, Element defined) {
        var own = defined.children("filesystem").stream()
                .filter(other ->
                        VmDevices.attribute(other, "target", "dir").equals(VmDevices.attribute(live, "target", "dir")))
                .findFirst();
        var binary = live.child("binary");
        if (own.isEmpty()
                || binary.isEmpty()
                || VmDevices.attribute(own.get(), "binary", "path").isPresent()) {
            return live;
        }
        var form = binary.get().withoutAttribute("path");
        return form.attributes().isEmpty() && form.children().isEmpty()
                ? live.withoutChildren("binary")
                : live.withChild(form);
    }

    /** How much of a module is plugged in is for the guest to say. */
    private static Element memory(Element live) {
        return live.withChildren(live.children().stream()
                .map(child -> child.withoutChildren("current"))
                .toList());
    }

    private static Optional<String> target(Element disk) {
        return disk.child("target").flatMap(target -> target.attribute("dev"));
    }

    /** The same holds for the socket that libvirt created for a channel, whatever its path. */
    private static Element channel(Element live, Element defined) {
        var isMade = VmDevices.key(live).isPresent()
                && defined.children("channel").stream()
                        .filter(other -> VmDevices.key(other).equals(VmDevices.key(live)))
                        .map(NormalizedDevices::channel)
                        .anyMatch(other -> other.child("source").isEmpty());
        return isMade ? live.withoutChildren("source") : live;
    }
}
