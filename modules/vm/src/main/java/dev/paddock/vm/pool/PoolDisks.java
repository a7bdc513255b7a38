package dev.paddock.vm.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.vm.playbook.GeneratedDisks;
import dev.paddock.vm.playbook.PlaybookValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The disks that are recreated for every VM of a pool: those that a single VM would get, and overlays over a file,
 * which is only read.
 *
 * @param spec the fields of the pool, with the disks at the paths of its pattern
 */
record PoolDisks(Value.Mapping spec, List<SlotDisk> disks, List<Diagnostic> mistakes) {
    static PoolDisks of(
            Value.Mapping pool, Optional<ImageFile> image, Function<ResourceId, Optional<Value.Mapping>> declared) {
        var made = GeneratedDisks.of(pool, image, declared);
        List<Diagnostic> mistakes = new ArrayList<>(made.mistakes());
        List<SlotDisk> disks = new ArrayList<>();
        made.made().forEach(disk -> {
            disks.add(disk(disk));
            if (!disk.pool().equals(ImageStore.POOL)) {
                mistakes.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        disk.volume().place(),
                        "The disks of a pool's guests are made in the storage pool '" + ImageStore.POOL
                                + "', and in no other.",
                        "Leave 'pool' out of the disk."));
            }
        });
        List<Value> said = new ArrayList<>();
        for (var disk : PlaybookValues.mappings(made.spec(), "disks")) {
            var target = disk.text("target").orElse(GeneratedDisks.target(said.size()));
            var isMade = made.made().stream().anyMatch(each -> each.target().equals(target));
            if (isMade || disk.text("file").isEmpty() || !isWritten(disk)) {
                said.add(disk);
                continue;
            }
            disks.add(over(disk, target));
            said.add(PlaybookValues.with(
                    PlaybookValues.with(disk.without("size").without("format"), "target", target),
                    "file",
                    ImageStore.FOLDER + "/" + pool.text("name").orElse("") + "-" + target + ".qcow2"));
        }
        return new PoolDisks(
                said.isEmpty() ? made.spec() : made.spec().with("disks", PlaybookValues.list(pool.place(), said)),
                disks,
                mistakes);
    }

    private static boolean isWritten(Value.Mapping disk) {
        return disk.text("media").orElse("disk").equals("disk")
                && !disk.text("readonly").orElse("no").equals("yes");
    }

    private static SlotDisk disk(GeneratedDisks.Made disk) {
        return new SlotDisk(
                disk.target(),
                bytes(disk.volume(), "capacity"),
                PlaybookValues.mapping(disk.volume(), "backing")
                        .map(backing -> new SlotDisk.Backing(
                                backing.text("path").orElseThrow(),
                                backing.text("format").orElseThrow())));
    }

    private static SlotDisk over(Value.Mapping disk, String target) {
        return new SlotDisk(
                target,
                bytes(disk, "size"),
                disk.text("file")
                        .map(file ->
                                new SlotDisk.Backing(file, disk.text("format").orElse("qcow2"))));
    }

    private static OptionalLong bytes(Value.Mapping said, String key) {
        return said.text(key).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
    }
}
