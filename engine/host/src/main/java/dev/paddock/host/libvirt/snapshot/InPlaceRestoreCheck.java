package dev.paddock.host.libvirt.snapshot;

import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.domain.BlockNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether the QEMU of a running VM can load a snapshot. QEMU itself hardly checks: it loads the memory of one
 * machine into another as long as devices have the same names. So the machine must be that of the snapshot, and so must
 * the definition, which libvirt's own revert would restore.
 */
final class InPlaceRestoreCheck {
    /**
     * The input of the decision.
     *
     * @param snapshot its document
     * @param running the document of the running VM, in libvirt's migratable form
     * @param defined the definition; absent for a transient VM
     * @param disks as seen by QEMU
     */
    record Facts(
            String name,
            Element snapshot,
            Element running,
            Optional<Element> defined,
            List<BlockNode> disks,
            boolean hasJobs,
            boolean hasCommand) {
        Facts {
            disks = List.copyOf(disks);
        }
    }

    /** The decision. */
    sealed interface Verdict {
        /**
         * QEMU can load it.
         *
         * @param memory the node whose image contains the memory state
         * @param disks the nodes to restore
         */
        record Loads(String memory, List<String> disks) implements Verdict {
            public Loads {
                disks = List.copyOf(disks);
            }
        }

        /** QEMU cannot load it, but libvirt can. */
        record Detour(List<String> why) implements Verdict {
            public Detour {
                why = List.copyOf(why);
            }
        }

        /** It cannot be restored: the image of this device does not contain the snapshot. */
        record Lost(String device) implements Verdict {}
    }

    private InPlaceRestoreCheck() {}

    /** Return whether a snapshot contains the VM's memory, in the image of a disk. */
    static boolean holdsMemory(Element snapshot) {
        return snapshot.child("memory")
                .flatMap(memory -> memory.attribute("snapshot"))
                .filter("internal"::equals)
                .isPresent();
    }

    static Verdict of(Facts facts) {
        var writable = facts.disks().stream().filter(BlockNode::writable).toList();
        for (var disk : writable) {
            if (!disk.snapshots().containsKey(facts.name())) {
                return new Verdict.Lost(disk.device());
            }
        }
        var memory = writable.stream()
                .filter(disk -> disk.snapshots().getOrDefault(facts.name(), 0L) > 0)
                .map(BlockNode::name)
                .toList();
        var why = obstacles(facts);
        if (memory.size() != 1) {
            why.add("it is not one disk that holds its memory");
        }
        return why.isEmpty()
                ? new Verdict.Loads(
                        memory.getFirst(),
                        writable.stream().map(BlockNode::name).toList())
                : new Verdict.Detour(why);
    }

    private static List<String> obstacles(Facts facts) {
        List<String> why = new ArrayList<>();
        if (!facts.hasCommand()) {
            why.add("this QEMU does not know snapshot-load");
        }
        if (facts.hasJobs()) {
            why.add("QEMU works on a disk at the moment");
        }
        var domain = facts.snapshot().child("domain");
        if (domain.isEmpty()) {
            why.add("it does not say of which machine it is");
            return why;
        }
        MigratableDefinition.difference(
                        MigratableDefinition.migratable(domain.get()), MigratableDefinition.migratable(facts.running()))
                .ifPresent(path -> why.add("what runs differs from it at " + path));
        facts.defined().ifPresent(defined -> {
            var kept = facts.snapshot().child("inactiveDomain").orElse(domain.get());
            MigratableDefinition.difference(kept, defined)
                    .ifPresent(path -> why.add("what is defined differs from it at " + path));
        });
        if (domain.get().child("genid").isPresent()) {
            why.add("the guest has a genid, which changes with a restore and only when QEMU starts");
        }
        return why;
    }
}
