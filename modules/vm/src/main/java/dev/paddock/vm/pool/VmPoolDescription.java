package dev.paddock.vm.pool;

import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmDevices;
import dev.paddock.vm.playbook.VmDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a pool as fields of a playbook, as far as there are fields. */
final class VmPoolDescription {
    private VmPoolDescription() {}

    static Map<String, Object> of(Element pattern) {
        var spec = PoolSpec.of(pattern);
        Map<String, Object> words = new LinkedHashMap<>();
        spec.map(PoolSyntax::words).ifPresent(words::putAll);
        words.putAll(VmDescription.of(plain(pattern)));
        var disks = VmDevices.of(pattern, "disk").stream()
                .map(disk -> made(disk, spec.map(PoolSpec::disks).orElse(List.of())))
                .toList();
        if (!disks.isEmpty()) {
            words.put("disks", disks);
        }
        return words;
    }

    /** Return the pattern as an ordinary VM: without the settings of the pool, and without addresses that no VM has. */
    private static Element plain(Element pattern) {
        List<Element> children = new ArrayList<>();
        for (var child : pattern.children()) {
            children.add(
                    child.is("metadata")
                            ? child.withChildren(child.children().stream()
                                    .filter(each -> !each.name().space().equals(PoolSpec.SPACE))
                                    .toList())
                            : child.is("devices")
                                    ? child.withChildren(child.children().stream()
                                            .map(device ->
                                                    device.is("interface") ? device.withoutChildren("mac") : device)
                                            .toList())
                                    : child);
        }
        return pattern.withChildren(children);
    }

    private static Map<String, Object> made(Element disk, List<SlotDisk> made) {
        Map<String, Object> words = new LinkedHashMap<>(VmDescription.disk(disk));
        own(disk, made).ifPresent(own -> {
            words.remove("file");
            words.remove("format");
            own.capacity().ifPresent(bytes -> words.put("size", PoolSyntax.bytes(bytes)));
            own.backing().ifPresent(backing -> {
                words.put("file", backing.path());
                words.put("format", backing.format());
            });
        });
        return words;
    }

    private static Optional<SlotDisk> own(Element disk, List<SlotDisk> made) {
        return made.stream()
                .filter(each -> VmDevices.attribute(disk, "target", "dev")
                        .filter(each.target()::equals)
                        .isPresent())
                .findFirst();
    }
}
