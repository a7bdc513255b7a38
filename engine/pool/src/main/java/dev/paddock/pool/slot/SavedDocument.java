package dev.paddock.pool.slot;

import dev.paddock.api.xml.Element;
import dev.paddock.host.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The document of a saved state's snapshot for another guest: the same machine, down to the last bus address, with the
 * name, identity, addresses and files of that guest.
 */
final class SavedDocument {
    private static final List<String> DEFINITIONS = List.of("domain", "inactiveDomain");

    private final List<Element> own;

    private SavedDocument(Element own) {
        this.own = own.children("devices").stream()
                .flatMap(devices -> devices.children().stream())
                .toList();
    }

    /** @param own the definition of the guest to be made, which lacks what libvirt adds */
    static Element of(Element snapshot, Element own) {
        var document = new SavedDocument(own);
        return snapshot.withoutChildren("parent")
                .withChildren(snapshot.withoutChildren("parent").children().stream()
                        .map(child ->
                                DEFINITIONS.stream().anyMatch(child::is) ? document.definition(child, own) : child)
                        .toList());
    }

    private Element definition(Element saved, Element domain) {
        List<Element> children = new ArrayList<>();
        for (var child : saved.children()) {
            children.add(
                    switch (child.name().local()) {
                        case "name", "uuid", "metadata" ->
                            domain.child(child.name().local()).orElse(child);
                        case "devices" -> devices(child);
                        default -> child;
                    });
        }
        return saved.withChildren(children);
    }

    private Element devices(Element saved) {
        List<Element> devices = new ArrayList<>();
        var nic = 0;
        for (var device : saved.children()) {
            devices.add(
                    switch (device.name().local()) {
                        case "disk" -> disk(device);
                        case "interface" -> nic(device, nic++);
                        case "filesystem" -> filesystem(device);
                        default -> withOwnLog(device);
                    });
        }
        return saved.withChildren(devices);
    }

    private Element disk(Element saved) {
        var source = of("disk")
                .filter(each -> target(each, "dev").equals(target(saved, "dev")))
                .findFirst()
                .flatMap(each -> each.child("source"));
        return source.flatMap(own -> own.attribute("file"))
                .flatMap(file -> saved.child("source").map(old -> saved.withChild(old.withAttribute("file", file))))
                .orElse(saved);
    }

    private Element nic(Element saved, int index) {
        var own = of("interface").skip(index).findFirst();
        if (own.isEmpty()) {
            return saved;
        }
        var named = own.get().child("mac").map(saved::withChild).orElse(saved);
        return own.get().child("filterref").map(named::withChild).orElse(named);
    }

    private Element filesystem(Element saved) {
        return target(saved, "dir").filter(Workspace.TAG::equals).isPresent()
                ? of("filesystem")
                        .filter(each -> target(each, "dir").equals(target(saved, "dir")))
                        .findFirst()
                        .flatMap(each -> each.child("source"))
                        .map(saved::withChild)
                        .orElse(saved)
                : saved;
    }

    /** A serial port and the console that stands for it have the same log. */
    private Element withOwnLog(Element saved) {
        return saved.child("log").isEmpty()
                ? saved
                : own.stream()
                        .flatMap(each -> each.child("log").stream())
                        .findFirst()
                        .map(saved::withChild)
                        .orElse(saved);
    }

    private Stream<Element> of(String name) {
        return own.stream().filter(each -> each.is(name));
    }

    private static Optional<String> target(Element device, String attribute) {
        return device.child("target").flatMap(target -> target.attribute(attribute));
    }
}
