package dev.paddock.pool.slot;

import dev.paddock.api.image.ImageStore;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The document of a slot's guest: the template with a name, identity, addresses and disks of its own.
 *
 * @param volumes the disks to create for it, by file name
 */
record SlotDocument(Element domain, Map<String, SlotDisk> volumes) {
    private static final List<String> OWN = List.of("name", "uuid", "metadata");

    /** @param workspace the device that shares a folder with the host; absent when the pool has none */
    static SlotDocument of(PoolTemplate template, PoolSlot slot, String incarnation, Optional<Element> workspace) {
        return of(template, new SlotMark(slot, incarnation, template.digest()), workspace);
    }

    static SlotDocument of(PoolTemplate template, SlotMark mark, Optional<Element> workspace) {
        var slot = mark.slot();
        var disks = new Disks(template, slot);
        List<Element> children = new ArrayList<>();
        children.add(Element.of("name").withText(slot.name()));
        children.add(Element.of("uuid").withText(slot.id()));
        children.add(Element.of("metadata").withChildren(List.of(mark.element())));
        for (var child : template.domain().children()) {
            if (child.is("devices")) {
                children.add(devices(child, template, slot, disks, workspace));
            } else if (OWN.stream().noneMatch(child::is)) {
                children.add(child);
            }
        }
        return new SlotDocument(template.domain().withChildren(children), disks.volumes());
    }

    private static Element devices(
            Element devices, PoolTemplate template, PoolSlot slot, Disks disks, Optional<Element> workspace) {
        List<Element> children = new ArrayList<>();
        var nic = 0;
        for (var device : devices.children()) {
            if (device.is("disk")) {
                children.add(disks.of(device));
            } else if (device.is("interface")) {
                children.add(withAddresses(device, template, slot, nic++));
            } else {
                children.add(withOwnLog(device, template, slot));
            }
        }
        workspace.ifPresent(children::add);
        return devices.withChildren(children);
    }

    private static Element withAddresses(Element nic, PoolTemplate template, PoolSlot slot, int index) {
        var own = nic.withChild(Element.of("mac").withAttribute("address", slot.mac(index)));
        var address = index == 0
                ? template.spec().addresses().flatMap(range -> range.of(slot.number()))
                : Optional.<String>empty();
        return address.isEmpty() ? own : replaceChild(own, "filterref", filter -> withAddress(filter, address.get()));
    }

    private static Element withAddress(Element filter, String address) {
        List<Element> children = new ArrayList<>();
        filter.children().stream()
                .filter(child -> !child.attribute("name").orElse("").equals("IP"))
                .forEach(children::add);
        children.add(Element.of("parameter").withAttribute("name", "IP").withAttribute("value", address));
        return filter.withChildren(children);
    }

    /** Name a log after the slot instead of the template. */
    private static Element withOwnLog(Element device, PoolTemplate template, PoolSlot slot) {
        return replaceChild(device, "log", log -> log.attribute("file")
                .map(file ->
                        log.withAttribute("file", file.replace("/" + template.name() + "-", "/" + slot.name() + "-")))
                .orElse(log));
    }

    private static Element replaceChild(Element element, String child, Function<Element, Element> change) {
        return element.withChildren(element.children().stream()
                .map(each -> each.is(child) ? change.apply(each) : each)
                .toList());
    }

    /** The disks of a slot: read-only disks are those of the template, all others are its own. */
    private static final class Disks {
        private final Map<String, SlotDisk> declared;
        private final PoolSlot slot;
        private final Map<String, SlotDisk> volumes = new LinkedHashMap<>();

        Disks(PoolTemplate template, PoolSlot slot) {
            this.declared = template.spec().disks().stream().collect(Collectors.toMap(SlotDisk::target, disk -> disk));
            this.slot = slot;
        }

        Element of(Element disk) {
            var target =
                    disk.child("target").flatMap(each -> each.attribute("dev")).orElse("");
            var file = disk.child("source").flatMap(source -> source.attribute("file"));
            var isWritten = disk.child("readonly").isEmpty()
                    && disk.attribute("device").orElse("disk").equals("disk");
            if (!declared.containsKey(target) && (!isWritten || file.isEmpty())) {
                return disk;
            }
            var name = slot.name() + "-" + target + ".qcow2";
            volumes.put(name, declared.getOrDefault(target, overlay(target, file.orElse(""), disk)));
            var own = Element.of("source").withAttribute("file", ImageStore.FOLDER + "/" + name);
            var driver = disk.child("driver").orElse(Element.of("driver").withAttribute("name", "qemu"));
            return disk.withoutChildren("backingStore")
                    .withAttribute("type", "file")
                    .withChild(driver.withAttribute("type", "qcow2"))
                    .withChild(own);
        }

        /** Return a disk that has the template's file as its backing file. */
        private static SlotDisk overlay(String target, String file, Element disk) {
            var format = disk.child("driver").flatMap(driver -> driver.attribute("type"));
            return new SlotDisk(
                    target, OptionalLong.empty(), Optional.of(new SlotDisk.Backing(file, format.orElse("raw"))));
        }

        Map<String, SlotDisk> volumes() {
            return volumes;
        }
    }
}
