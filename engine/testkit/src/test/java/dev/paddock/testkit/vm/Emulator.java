package dev.paddock.testkit.vm;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the QEMU of the lab can be, as libvirt tells.
 *
 * @param machines the names of its machines, and their aliases
 * @param videos the models of displays
 * @param graphics how displays are seen
 */
record Emulator(Set<String> machines, Set<String> videos, Set<String> graphics) {
    static Emulator ofLab() {
        var can = told("domcapabilities");
        return new Emulator(
                below(told("capabilities"), List.of("guest", "arch"))
                        .flatMap(arch -> Stream.concat(
                                arch.children("machine").stream(),
                                arch.children("domain").stream().flatMap(each -> each.children("machine").stream())))
                        .flatMap(machine ->
                                Stream.concat(Stream.of(machine.text()), machine.attribute("canonical").stream()))
                        .collect(Collectors.toUnmodifiableSet()),
                values(can, "video", "modelType"),
                values(can, "graphics", "type"));
    }

    private static Set<String> values(Element capabilities, String device, String name) {
        return below(capabilities, List.of("devices", device, "enum"))
                .filter(each -> each.attribute("name").filter(name::equals).isPresent())
                .flatMap(each -> each.children("value").stream())
                .map(Element::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Element> below(Element root, List<String> names) {
        var found = Stream.of(root);
        for (var name : names) {
            found = found.flatMap(each -> each.children(name).stream());
        }
        return found;
    }

    private static Element told(String about) {
        Labs.uri();
        try {
            if (Labs.shared().capture(List.of("virsh", about)) instanceof ProcessResult.Ended ended
                    && ended.succeeded()) {
                return XmlReader.read(ended.output().strip());
            }
        } catch (LabException | XmlException failure) {
            throw new IllegalStateException(failure);
        }
        throw new IllegalStateException("virsh " + about + " fails in the lab.");
    }

    /** Return a guest as this QEMU can be it: with other displays and a newer machine, where it lacks its own. */
    Element fitting(Element guest) {
        return guest.withChildren(guest.children().stream()
                .map(child -> switch (child.name().local()) {
                    case "os" ->
                        child.withChildren(
                                child.children().stream().map(this::machine).toList());
                    // With the protocol go the devices that it carries.
                    case "devices" ->
                        child.withChildren(child.children().stream()
                                .filter(each -> graphics.contains("spice") || !isOfSpice(each))
                                .map(this::device)
                                .toList());
                    default -> child;
                })
                .toList());
    }

    private Element machine(Element type) {
        var machine = type.attribute("machine").orElse("");
        var isLacking = type.is("type") && machine.startsWith("pc-") && !machines.contains(machine);
        return isLacking ? type.withAttribute("machine", machine.startsWith("pc-q35") ? "q35" : "pc") : type;
    }

    private static boolean isOfSpice(Element device) {
        return !device.is("graphics") && device.attribute("type").orElse("").startsWith("spice");
    }

    private Element device(Element device) {
        if (device.is("video")) {
            return device.withChildren(device.children().stream()
                    .map(child -> child.is("model")
                                    && !videos.contains(child.attribute("type").orElse(""))
                            ? Element.of("model").withAttribute("type", "vga")
                            : child)
                    .toList());
        }
        var type = device.attribute("type").orElse("");
        return device.is("graphics") && type.equals("spice") && !graphics.contains(type)
                ? Element.of("graphics").withAttribute("type", "vnc")
                : device;
    }
}
