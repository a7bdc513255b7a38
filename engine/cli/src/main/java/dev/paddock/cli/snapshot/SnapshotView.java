package dev.paddock.cli.snapshot;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot as shown to people and programs.
 *
 * @param state the state of the VM when the snapshot was taken: {@code running}, {@code paused} or {@code shutoff}
 * @param memory whether it contains the memory of the VM
 * @param disks the disks that it contains
 * @param current whether it is the latest one that the VM took or restored
 */
record SnapshotView(
        String guest,
        String name,
        String state,
        Instant created,
        Optional<String> parent,
        boolean memory,
        List<String> disks,
        boolean current,
        String description) {
    SnapshotView {
        disks = List.copyOf(disks);
    }

    /**
     * Return the view of a snapshot.
     *
     * @param address the VM, a slash, and the snapshot's own name
     */
    static SnapshotView of(String address, Observed.Present observed) {
        var document = observed.defined();
        var slash = address.indexOf('/');
        return new SnapshotView(
                address.substring(0, slash),
                address.substring(slash + 1),
                document.childText("state").orElse("?"),
                Instant.ofEpochSecond(
                        Long.parseLong(document.childText("creationTime").orElse("0"))),
                document.child("parent").flatMap(parent -> parent.childText("name")),
                holds(document.child("memory")),
                document.children("disks").stream()
                        .flatMap(disks -> disks.children("disk").stream())
                        .filter(disk -> holds(Optional.of(disk)))
                        .flatMap(disk -> disk.attribute("name").stream())
                        .toList(),
                observed.active(),
                document.childText("description").orElse(""));
    }

    private static boolean holds(Optional<Element> part) {
        return part.flatMap(found -> found.attribute("snapshot"))
                .filter(how -> !how.equals("no"))
                .isPresent();
    }

    List<String> row() {
        return List.of(
                guest,
                name,
                state,
                created.toString(),
                memory ? "yes" : "no",
                disks.isEmpty() ? "-" : String.join(",", disks),
                current ? "yes" : "-",
                description.lines().findFirst().orElse(""));
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("vm", guest);
        report.put("name", name);
        report.put("state", state);
        report.put("created", created.toString());
        parent.ifPresent(text -> report.put("parent", text));
        report.put("memory", memory);
        report.put("disks", disks);
        report.put("current", current);
        report.put("description", description);
        return report;
    }
}
