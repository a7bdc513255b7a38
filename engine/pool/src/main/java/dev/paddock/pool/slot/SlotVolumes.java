package dev.paddock.pool.slot;

import dev.paddock.api.image.ImageStore;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The volumes of slots' disks. One at a time: libvirt refuses some operations on a storage pool while a volume is created. */
final class SlotVolumes {
    private final Consumer<Action> perform;

    SlotVolumes(Consumer<Action> perform) {
        this.perform = perform;
    }

    /** Create the volumes, by file name, in place of those that exist. */
    synchronized void create(Map<String, SlotDisk> volumes) {
        volumes.forEach((file, disk) -> {
            perform.accept(new Action.Undefine(volume(file)));
            perform.accept(new Action.Define(volume(file), XmlWriter.write(volume(file, disk))));
        });
    }

    synchronized void delete(Iterable<String> files) {
        files.forEach(file -> perform.accept(new Action.Undefine(volume(file))));
    }

    /** Return the files of a slot's own disks in its document, by the device's name. */
    static Map<String, String> files(Element domain, PoolSlot slot) {
        var own = ImageStore.FOLDER + "/" + slot.name() + "-";
        Map<String, String> files = new TreeMap<>();
        domain.child("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .forEach(disk -> disk.child("source")
                        .flatMap(source -> source.attribute("file"))
                        .filter(file -> file.startsWith(own))
                        .ifPresent(file -> files.put(
                                disk.child("target")
                                        .flatMap(target -> target.attribute("dev"))
                                        .orElse(""),
                                file.substring(ImageStore.FOLDER.length() + 1))));
        return files;
    }

    private static Element volume(String file, SlotDisk disk) {
        List<Element> parts = new ArrayList<>();
        parts.add(Element.of("name").withText(file));
        disk.capacity()
                .ifPresent(bytes -> parts.add(
                        Element.of("capacity").withAttribute("unit", "bytes").withText(Long.toString(bytes))));
        parts.add(Element.of("allocation").withText("0"));
        parts.add(Element.of("target").withChildren(List.of(format("qcow2"))));
        disk.backing()
                .ifPresent(backing -> parts.add(Element.of("backingStore")
                        .withChildren(List.of(Element.of("path").withText(backing.path()), format(backing.format())))));
        return Element.of("volume").withChildren(parts);
    }

    private static Element format(String type) {
        return Element.of("format").withAttribute("type", type);
    }

    private static ResourceId volume(String file) {
        return new ResourceId("volume", ImageStore.POOL + "/" + file);
    }
}
