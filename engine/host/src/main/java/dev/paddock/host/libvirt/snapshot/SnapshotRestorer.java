package dev.paddock.host.libvirt.snapshot;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.RestoreResult;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.DomainWriteCalls;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.SnapshotCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.domain.BlockNode;
import dev.paddock.host.libvirt.domain.DomainReader;
import dev.paddock.host.libvirt.domain.GuestState;
import dev.paddock.host.libvirt.network.NetworkUpdater;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Restores VMs to snapshots: by the running QEMU where that is safe, else by libvirt, whose own revert ends QEMU and
 * starts a new one (qemuSnapshotRevertActive in src/qemu/qemu_snapshot.c, at least up to 11).
 */
public final class SnapshotRestorer {
    /** The name of QEMU's job. Names are unique, so a VM cannot be restored twice at the same time. */
    private static final String JOB = "paddock-restore";

    private static final Duration GLANCE = Duration.ofMillis(2);

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final int TRIES = 3;

    private static final String TAKEN = "already exists and is not a block device";

    /** virDomainXMLFlags: VIR_DOMAIN_XML_MIGRATABLE. */
    private static final int MIGRATABLE = 1 << 3;

    /** virDomainSnapshotCreateFlags: VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE, _CURRENT. */
    private static final int REDEFINE_CURRENT = 1 | 1 << 1;

    private final WriteConnection connection;
    private final LibvirtMachine machine;
    private final ResourceId id;
    private final Pointer guest;
    private final Pointer snapshot;
    private final String text;
    private final Element document;
    private final Monitor monitor;

    private SnapshotRestorer(
            WriteConnection connection, LibvirtMachine machine, ResourceId id, Pointer guest, Pointer snapshot) {
        this.connection = connection;
        this.machine = machine;
        this.id = id;
        this.guest = guest;
        this.snapshot = snapshot;
        this.text = SnapshotHandle.text(connection, snapshot);
        this.document = NetworkUpdater.parsed(text);
        this.monitor = new Monitor(connection, guest);
    }

    public static RestoreResult restore(
            WriteConnection connection, LibvirtMachine machine, ResourceId id, Optional<RestoreWay> way) {
        return SnapshotHandle.withGuest(connection, id.name(), guest -> SnapshotHandle.with(
                                connection, guest, id.name(), snapshot -> new SnapshotRestorer(
                                                connection, machine, id, guest, snapshot)
                                        .restore(way))
                        .orElseThrow(() -> SnapshotHandle.noSnapshot(id)))
                .orElseThrow(() -> SnapshotHandle.noGuest(id));
    }

    private RestoreResult restore(Optional<RestoreWay> way) {
        List<String> detours = new ArrayList<>();
        if (way.isEmpty() || way.get() == RestoreWay.LOADVM) {
            switch (verdict()) {
                case InPlaceRestoreCheck.Verdict.Loads loads -> {
                    var failure = load(loads);
                    if (failure.isEmpty()) {
                        return new RestoreResult(RestoreWay.LOADVM, List.of());
                    }
                    detours.add("QEMU failed to load it: " + failure.get());
                }
                case InPlaceRestoreCheck.Verdict.Detour detour -> detours.addAll(detour.why());
                case InPlaceRestoreCheck.Verdict.Lost lost -> throw lost(lost.device());
            }
            if (way.isPresent()) {
                throw notInPlace(detours);
            }
        }
        revert();
        return new RestoreResult(RestoreWay.LIBVIRT, detours);
    }

    private InPlaceRestoreCheck.Verdict verdict() {
        if (!InPlaceRestoreCheck.holdsMemory(document)) {
            return new InPlaceRestoreCheck.Verdict.Detour(List.of("it holds no memory"));
        }
        if (!GuestState.isSteady(connection, guest)) {
            return new InPlaceRestoreCheck.Verdict.Detour(List.of("the guest does not run"));
        }
        InPlaceRestoreCheck.Facts facts;
        try {
            facts = facts();
        } catch (HostException refused) {
            if (refused.failure() == Failure.LOST) {
                throw refused;
            }
            return new InPlaceRestoreCheck.Verdict.Detour(List.of("QEMU does not answer: " + refused.reason()));
        }
        check(facts.disks().stream()
                .filter(BlockNode::writable)
                .map(disk -> new ImageContents(disk.device(), disk.file(), disk.names(), disk.bitmaps()))
                .toList());
        return InPlaceRestoreCheck.of(facts);
    }

    private InPlaceRestoreCheck.Facts facts() {
        var isPersistent = DomainCalls.virDomainIsPersistent(guest) == 1;
        dismissEnded();
        var disks = BlockNode.of(monitor.ask("query-block"));
        return new InPlaceRestoreCheck.Facts(
                SnapshotReader.own(id.name()),
                document,
                SnapshotHandle.domain(connection, guest, MIGRATABLE | DomainReader.SECURE),
                isPersistent
                        ? Optional.of(
                                SnapshotHandle.domain(connection, guest, DomainReader.INACTIVE | DomainReader.SECURE))
                        : Optional.empty(),
                disks,
                !monitor.ask("query-jobs").isEmpty()
                        || !monitor.ask("query-block-jobs").isEmpty(),
                monitor.ask("query-commands").findValuesAsText("name").contains("snapshot-load"));
    }

    /** Dismiss the finished job that an interrupted process has left in QEMU. */
    private void dismissEnded() {
        for (var job : monitor.ask("query-jobs")) {
            if (job.path("id").asText().equals(JOB)
                    && job.path("status").asText().equals("concluded")) {
                monitor.ask("job-dismiss", Map.of("id", JOB));
            }
        }
    }

    /**
     * Let QEMU load the snapshot, and return why it failed, if it did. libvirt pauses the VM before and resumes it
     * afterwards, so that it knows both states. A VM with partially loaded memory is not resumed.
     */
    private Optional<String> load(InPlaceRestoreCheck.Verdict.Loads loads) {
        try {
            if (GuestState.of(connection, guest) == GuestState.RUNNING) {
                check(DomainWriteCalls.virDomainSuspend(guest));
            }
            monitor.ask(
                    "snapshot-load",
                    Map.of(
                            "job-id",
                            JOB,
                            "tag",
                            SnapshotReader.own(id.name()),
                            "vmstate",
                            loads.memory(),
                            "devices",
                            loads.disks()));
            var failure = awaitJob();
            if (failure.isPresent()) {
                return failure;
            }
        } catch (HostException failed) {
            if (failed.failure() == Failure.LOST) {
                throw failed;
            }
            return Optional.of(failed.reason());
        }
        becomeCurrent();
        if (document.childText("state").filter("paused"::equals).isEmpty()) {
            check(DomainWriteCalls.virDomainResume(guest));
        }
        return Optional.empty();
    }

    private Optional<String> awaitJob() {
        while (true) {
            for (var job : monitor.ask("query-jobs")) {
                if (job.path("id").asText().equals(JOB)
                        && job.path("status").asText().equals("concluded")) {
                    monitor.ask("job-dismiss", Map.of("id", JOB));
                    return job.has("error") ? Optional.of(job.path("error").asText()) : Optional.empty();
                }
            }
            if (!PollInterval.of(GLANCE)) {
                throw new HostException(Failure.LOST, 0, 0, "Nobody waits for QEMU any more.");
            }
        }
    }

    /** Set the current snapshot in libvirt, which becomes the parent of the next one. */
    private void becomeCurrent() {
        var redefined = SnapshotCalls.virDomainSnapshotCreateXML(guest, text, REDEFINE_CURRENT);
        if (redefined == null) {
            throw connection.failure();
        }
        SnapshotCalls.virDomainSnapshotFree(redefined);
    }

    /** A snapshot with the memory of a VM is in the image, whose bitmaps QEMU would refuse to load. */
    private void revert() {
        check(ImageContents.of(connection, machine, SnapshotHandle.domain(connection, guest, 0)));
        var ran = GuestState.of(connection, guest) != GuestState.OFF;
        for (var tries = TRIES; SnapshotCalls.virDomainRevertToSnapshot(snapshot, 0) < 0; tries--) {
            var failure = connection.failure();
            if (failure.failure() == Failure.LOST) {
                throw failure;
            }
            // libvirt names the new layer of an external snapshot by the second (qemuSnapshotRevertExternalPrepare).
            if (failure.reason().contains(TAKEN) && tries > 0 && PollInterval.of(A_SECOND)) {
                continue;
            }
            // Its QEMU may have ended a moment ago, which libvirt only notices when it has to end it.
            if (ran
                    && GuestState.of(connection, guest) == GuestState.OFF
                    && SnapshotCalls.virDomainRevertToSnapshot(snapshot, 0) == 0) {
                return;
            }
            ReadCalls.virResetLastError();
            throw SnapshotAdvice.whenRestoring(failure, GuestState.of(connection, guest));
        }
    }

    private void check(List<ImageContents> images) {
        var check = new ImageCheck(SnapshotReader.guest(id.name()), SnapshotReader.own(id.name()), images);
        check.requireSingle();
        check.requireWithoutBitmaps(ImageCheck.checkpoints(guest), "the attempt would only end the VM");
    }

    private HostException lost(String device) {
        return new HostException(
                        Failure.REFUSED,
                        0,
                        0,
                        "The image of the disk " + device + " holds no snapshot \"" + SnapshotReader.own(id.name())
                                + "\": it was deleted behind libvirt's back, or the disk is another. Nothing was"
                                + " changed.")
                .withAdvice("Restore another snapshot, and delete this one, of which only libvirt's record is left.");
    }

    private static HostException notInPlace(List<String> detours) {
        return new HostException(
                        Failure.REFUSED,
                        0,
                        0,
                        "The QEMU that runs cannot load the snapshot, as " + String.join(", and ", detours) + ".")
                .withAdvice("Leave out --way: then libvirt restores it, and restarts QEMU.");
    }

    private void check(int result) {
        if (result < 0) {
            throw connection.failure();
        }
    }
}
