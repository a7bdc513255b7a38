package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.xml.Element;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.RuleIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what restoring a snapshot would change of its VM, apart from memory and disks. */
public final class SnapshotComparison {
    private final Kind kind;
    private final Differ differ;

    /** @param kind the kind of VMs */
    public SnapshotComparison(Kind kind) {
        this.kind = kind;
        this.differ = new Differ(new RuleIndex(kind.rules()));
    }

    /**
     * Return the changes, in the order of the document.
     *
     * @param snapshot the document of the snapshot
     */
    public List<Change> changes(Element snapshot, Observed.Present now) {
        List<Change> changes = new ArrayList<>();
        var running = snapshot.child("domain").map(OwnershipMetadata::strip);
        var defined =
                snapshot.child("inactiveDomain").map(OwnershipMetadata::strip).or(() -> running);
        state(snapshot.childText("state").orElse(""), now).ifPresent(changes::add);
        defined.ifPresent(then -> changes.addAll(differ.differences(
                NormalizedKind.of(kind).comparable(then),
                NormalizedKind.of(kind).comparable(OwnershipMetadata.strip(now.defined())),
                Set.of(),
                Extent.DEFINED)));
        var known = changes.stream().map(SnapshotComparison::identity).collect(Collectors.toSet());
        running.ifPresent(then -> now.live().stream()
                .flatMap(live -> differ
                        .differences(
                                NormalizedKind.of(kind)
                                        .comparable(NormalizedKind.of(kind).running(then)),
                                NormalizedKind.of(kind).running(OwnershipMetadata.strip(live), then),
                                Set.of(),
                                Extent.RUNNING)
                        .stream())
                .filter(change -> !known.contains(identity(change)))
                .forEach(changes::add));
        changes.removeIf(change -> change.action() == Change.Action.RELEASE);
        return List.copyOf(changes);
    }

    private static String identity(Change change) {
        return change.action() + change.path();
    }

    private static Optional<Change> state(String then, Observed.Present now) {
        var is = !now.active() ? "shutoff" : now.paused() ? "paused" : "running";
        return is.equals(then)
                ? Optional.empty()
                : Optional.of(new Change(
                        "state",
                        "state",
                        Change.Action.CHANGE,
                        Optional.of(is),
                        Optional.of(then),
                        Extent.DEFINED,
                        Cost.LIVE,
                        ""));
    }
}
