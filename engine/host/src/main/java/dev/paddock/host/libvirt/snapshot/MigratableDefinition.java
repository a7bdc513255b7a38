package dev.paddock.host.libvirt.snapshot;

import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The machine in the document of a VM, both in libvirt's migratable form (VIR_DOMAIN_XML_MIGRATABLE) and in the form of
 * snapshots.
 */
final class MigratableDefinition {
    /** Elements without a meaning for QEMU. */
    private static final Set<String> WORDS = Set.of("title", "description", "metadata");

    private MigratableDefinition() {}

    /** Return where the machines of two documents differ, as an XPath below the root; empty if they are equal. */
    static Optional<String> difference(Element one, Element other) {
        return difference("", form(one), form(other));
    }

    /**
     * Return a document without what snapshots keep but libvirt's migratable form omits: the watchdog of the chipset,
     * which newer versions list. The definition shows whether the VM was given one.
     */
    static Element migratable(Element domain) {
        return domain.withChildren(domain.children().stream()
                .map(child -> child.is("devices")
                        ? child.withChildren(child.children().stream()
                                .filter(device -> !device.is("watchdog")
                                        || unless(device, "model", "itco").isPresent())
                                .toList())
                        : child)
                .toList());
    }

    private static Element form(Element domain) {
        return domain.withoutAttribute("id")
                .withChildren(domain.children().stream()
                        .filter(child -> !WORDS.contains(child.name().local()))
                        .map(child -> child.is("devices") ? devices(child) : child)
                        .toList());
    }

    private static Element devices(Element devices) {
        List<Element> controllers = new ArrayList<>(devices.children("controller"));
        controllers.sort(
                Comparator.comparing((Element each) -> each.attribute("type").orElse(""))
                        .thenComparingInt(
                                each -> Integer.parseInt(each.attribute("index").orElse("0"))));
        List<Element> form = new ArrayList<>(controllers);
        for (var device : devices.children()) {
            switch (device.name().local()) {
                case "controller" -> {}
                // Both devices always exist; libvirt's migratable form omits them.
                case "input" -> unless(device, "bus", "ps2").ifPresent(form::add);
                case "audio" -> unless(device, "type", "none").ifPresent(form::add);
                case "serial", "parallel", "console" -> form.add(character(device));
                case "graphics" -> form.add(graphics(device));
                default -> form.add(device);
            }
        }
        return devices.withChildren(form);
    }

    private static Optional<Element> unless(Element device, String attribute, String value) {
        return device.attribute(attribute).filter(value::equals).isPresent() ? Optional.empty() : Optional.of(device);
    }

    /** The terminal assigned to a device is momentary. */
    private static Element character(Element device) {
        var form = device.withoutAttribute("tty");
        return device.attribute("type").filter("pty"::equals).isPresent() ? form.withoutChildren("source") : form;
    }

    /** The port assigned to a display is momentary too; neither it nor the address changes while QEMU runs. */
    private static Element graphics(Element device) {
        var form = device.withoutAttribute("listen").withoutChildren("listen");
        return device.attribute("autoport").filter("yes"::equals).isPresent()
                ? form.withoutAttribute("port").withoutAttribute("tlsPort").withoutAttribute("websocket")
                : form;
    }

    private static Optional<String> difference(String path, Element one, Element other) {
        for (var name : one.attributes().keySet()) {
            if (!one.attribute(name.local()).equals(other.attribute(name.local()))) {
                return Optional.of(below(path, "@" + name.local()));
            }
        }
        for (var name : other.attributes().keySet()) {
            if (one.attribute(name.local()).isEmpty()) {
                return Optional.of(below(path, "@" + name.local()));
            }
        }
        if (!one.text().equals(other.text())) {
            return Optional.of(path);
        }
        // If one has more children, the first that differs in position is missing in the other.
        var more = one.children().size() >= other.children().size() ? one.children() : other.children();
        for (var i = 0; i < more.size(); i++) {
            var inner = below(path, more.get(i).name().local());
            if (i >= one.children().size() || i >= other.children().size()) {
                return Optional.of(inner);
            }
            var left = one.children().get(i);
            var right = other.children().get(i);
            var found = left.name().equals(right.name()) ? difference(inner, left, right) : Optional.of(inner);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
