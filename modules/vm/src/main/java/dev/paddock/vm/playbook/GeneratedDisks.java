package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The disks that are created for a VM: the first, from its image, and those that only have a size.
 *
 * @param spec the fields of the VM, with the paths of the disks
 */
public record GeneratedDisks(Value.Mapping spec, List<Made> made, List<Diagnostic> mistakes) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    /**
     * A disk that is created.
     *
     * @param target the name of the device
     * @param pool the storage pool of the volume
     * @param volume the fields of the volume in a playbook
     */
    public record Made(String target, String pool, String name, Value.Mapping volume) {
        DerivedResource derived() {
            return new DerivedResource("volume", name, Optional.of(pool), volume, false);
        }
    }

    public static GeneratedDisks of(
            Value.Mapping guest, Optional<ImageFile> image, Function<ResourceId, Optional<Value.Mapping>> declared) {
        List<Value> disks = new ArrayList<>();
        List<Made> made = new ArrayList<>();
        List<Diagnostic> mistakes = new ArrayList<>();
        var left = image;
        var said = PlaybookValues.mappings(guest, "disks");
        if (image.isPresent() && said.stream().noneMatch(GeneratedDisks::isMade)) {
            said = Stream.concat(Stream.of(PlaybookValues.mapping(guest.place())), said.stream())
                    .toList();
        }
        for (var disk : said) {
            if (!isMade(disk)) {
                disks.add(disk.text("volume").isPresent() ? onVolume(disk, declared) : disk);
                continue;
            }
            var target = disk.text("target").orElse(target(disks.size()));
            if (left.isEmpty() && disk.text("size").isEmpty()) {
                mistakes.add(Diagnostic.error(
                        Code.MISSING_KEY,
                        disk.place(),
                        "The disk " + target + " has neither a size nor a file, device or volume.",
                        "Add 'size: 10 GiB' to have one made, or say where it is."));
                continue;
            }
            var pool = disk.text("pool").orElse(ImageStore.POOL);
            var name = PlaybookValues.identity(guest) + "-" + target + ".qcow2";
            made.add(new Made(target, pool, name, volume(disk, left)));
            disks.add(at(disk.without("size"), target, pool, name));
            left = Optional.empty();
        }
        var spec = disks.isEmpty() ? guest : guest.with("disks", PlaybookValues.list(guest.place(), disks));
        return new GeneratedDisks(spec, made, mistakes);
    }

    /** Return the default name of a disk, by the number of disks before it. */
    public static String target(int before) {
        return "vd" + ALPHABET.charAt(Math.min(before, ALPHABET.length() - 1));
    }

    private static boolean isMade(Value.Mapping disk) {
        return disk.text("media").orElse("disk").equals("disk")
                && Stream.of("file", "device", "volume")
                        .allMatch(key -> disk.text(key).isEmpty());
    }

    /** A disk on a volume has its format, and its storage pool is the one of images by default. */
    private static Value.Mapping onVolume(Value.Mapping disk, Function<ResourceId, Optional<Value.Mapping>> declared) {
        var pool = disk.text("pool").orElse(ImageStore.POOL);
        var form = disk.text("pool").isPresent() ? disk : PlaybookValues.with(disk, "pool", pool);
        var volume = declared.apply(
                new ResourceId("volume", pool + "/" + disk.text("volume").orElse("")));
        return disk.text("format").isEmpty()
                        && disk.text("media").orElse("disk").equals("disk")
                ? volume.map(found -> PlaybookValues.with(
                                form, "format", found.text("format").orElse("raw")))
                        .orElse(form)
                : form;
    }

    private static Value.Mapping volume(Value.Mapping disk, Optional<ImageFile> image) {
        var spec = PlaybookValues.mapping(disk.place(), "format", "qcow2");
        if (disk.text("size").isPresent()) {
            spec = PlaybookValues.with(spec, "capacity", disk.text("size").get());
        }
        if (image.isPresent()) {
            var backing = PlaybookValues.mapping(
                    disk.place(),
                    "path",
                    ImageStore.path(image.get()),
                    "format",
                    image.get().format());
            spec = spec.with("backing", backing);
        }
        return spec;
    }

    /**
     * In the storage pool of images, the path is known in advance. The disk is a file there, so that snapshots are
     * possible.
     */
    private static Value.Mapping at(Value.Mapping disk, String target, String pool, String name) {
        var named = PlaybookValues.with(disk, "target", target);
        return pool.equals(ImageStore.POOL)
                ? PlaybookValues.with(named.without("pool"), "file", ImageStore.FOLDER + "/" + name)
                : PlaybookValues.with(PlaybookValues.with(named, "pool", pool), "volume", name);
    }
}
