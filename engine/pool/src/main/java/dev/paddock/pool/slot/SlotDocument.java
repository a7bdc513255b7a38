package dev.paddock.pool.slot;

import dev.paddock.api.image.ImageStore;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The document of a slot's guest: its pattern, with a name, identity, addresses and disks of its own.
 *
 * @param volumes the disks to make for it, by the name of their file
 */
record SlotDocument(Element domain, Map<String, SlotDisk> volumes) {
    private static final List<String> OWN = List.of("name", "uuid", "metadata");

    /** @param workspace the device by which it shares a folder with the host; absent of a pool without */
    static SlotDocument of(PoolTemplate pattern, PoolSlot slot, String incarnation, Optional<Element> workspace) {
        var disks = new Disks(pattern, slot);
        List<Element> children = new ArrayList<>();
        children.add(Element.of("name").withText(slot.name()));
        children.add(Element.of("uuid").withText(slot.id()));
        children.add(Element.of("metadata")
                .withChildren(List.of(new SlotMark(slot, incarnation, pattern.digest()).element())));
        for (var child : pattern.domain().children()) {
            if (child.is("devices")) {
                children.add(devices(child, pattern, slot, disks, workspace));
            } else if (OWN.stream().noneMatch(child::is)) {
                children.add(child);
            }
        }
        return new SlotDocument(pattern.domain().withChildren(children), disks.volumes());
    }

    private static Element devices(
            Element devices, PoolTemplate pattern, PoolSlot slot, Disks disks, Optional<Element> workspace) {
        List<Element> children = new ArrayList<>();
        var nic = 0;
        for (var device : devices.children()) {
            if (device.is("disk")) {
                children.add(disks.of(device));
            } else if (device.is("interface")) {
                children.add(plugged(device, pattern, slot, nic++));
            } else {
                children.add(logged(device, pattern, slot));
            }
        }
        workspace.ifPresent(children::add);
        return devices.withChildren(children);
    }

    private static Element plugged(Element nic, PoolTemplate pattern, PoolSlot slot, int index) {
        var own = nic.withChild(Element.of("mac").withAttribute("address", slot.mac(index)));
        var address = index == 0
                ? pattern.spec().addresses().flatMap(range -> range.of(slot.number()))
                : Optional.<String>empty();
        return address.isEmpty() ? own : changed(own, "filterref", filter -> addressed(filter, address.get()));
    }

    private static Element addressed(Element filter, String address) {
        List<Element> children = new ArrayList<>();
        filter.children().stream()
                .filter(child -> !child.attribute("name").orElse("").equals("IP"))
                .forEach(children::add);
        children.add(Element.of("parameter").withAttribute("name", "IP").withAttribute("value", address));
        return filter.withChildren(children);
    }

    /** A log of the pattern's name gets the slot's. */
    private static Element logged(Element device, PoolTemplate pattern, PoolSlot slot) {
        return changed(device, "log", log -> log.attribute("file")
                .map(file ->
                        log.withAttribute("file", file.replace("/" + pattern.name() + "-", "/" + slot.name() + "-")))
                .orElse(log));
    }

    private static Element changed(Element element, String child, Function<Element, Element> change) {
        return element.withChildren(element.children().stream()
                .map(each -> each.is(child) ? change.apply(each) : each)
                .toList());
    }

    /** The disks of a slot: those that are read only are the pattern's, all others its own. */
    private static final class Disks {
        private final Map<String, SlotDisk> made;
        private final PoolSlot slot;
        private final Map<String, SlotDisk> volumes = new java.util.LinkedHashMap<>();

        Disks(PoolTemplate pattern, PoolSlot slot) {
            this.made = pattern.spec().disks().stream().collect(Collectors.toMap(SlotDisk::target, disk -> disk));
            this.slot = slot;
        }

        Element of(Element disk) {
            var target =
                    disk.child("target").flatMap(each -> each.attribute("dev")).orElse("");
            var file = disk.child("source").flatMap(source -> source.attribute("file"));
            var isWritten = disk.child("readonly").isEmpty()
                    && disk.attribute("device").orElse("disk").equals("disk");
            if (!made.containsKey(target) && (!isWritten || file.isEmpty())) {
                return disk;
            }
            var name = slot.name() + "-" + target + ".qcow2";
            volumes.put(name, made.getOrDefault(target, over(target, file.orElse(""), disk)));
            var own = Element.of("source").withAttribute("file", ImageStore.FOLDER + "/" + name);
            var driver = disk.child("driver").orElse(Element.of("driver").withAttribute("name", "qemu"));
            return disk.withoutChildren("backingStore")
                    .withAttribute("type", "file")
                    .withChild(driver.withAttribute("type", "qcow2"))
                    .withChild(own);
        }

        private static SlotDisk over(String target, String file, Element disk) {
            var format = disk.child("driver").flatMap(driver -> driver.attribute("type"));
            return new SlotDisk(
                    target, OptionalLong.empty(), Optional.of(new SlotDisk.Backing(file, format.orElse("raw"))));
        }

        Map<String, SlotDisk> volumes() {
            return volumes;
        }
    }
}
