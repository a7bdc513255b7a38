package dev.paddock.host.libvirt.snapshot;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.SnapshotCalls;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses what would act on another snapshot than the named one, or on one that nobody can restore. QEMU takes the
 * first snapshot of a name, and libvirt does not look into images.
 */
final class ImageCheck {
    private final String guest;
    private final String snapshot;
    private final List<ImageContents> images;

    ImageCheck(String guest, String snapshot, List<ImageContents> images) {
        this.guest = guest;
        this.snapshot = snapshot;
        this.images = List.copyOf(images);
    }

    /** Refuse to take a snapshot of a name that an image has already, or one that could never be restored. */
    void requireFree(List<String> checkpoints) {
        for (var image : images) {
            if (image.count(snapshot) > 0) {
                throw refused(
                        "The image of the disk " + image.disk() + ", " + image.path() + ", holds a snapshot \""
                                + snapshot
                                + "\" that libvirt does not know, left by an earlier VM or deleted by its record"
                                + " alone. Two of one name cannot be told apart.",
                        "Choose another name; or delete the old one while the VM is shut down, with `qemu-img"
                                + " snapshot -d " + snapshot + " " + image.path() + "`.");
            }
        }
        requireWithoutBitmaps(checkpoints, "this one could never be restored");
    }

    /** Refuse to restore or delete a snapshot that an image holds several of. */
    void requireSingle() {
        for (var image : images) {
            if (image.count(snapshot) > 1) {
                throw refused(
                        "The image of the disk " + image.disk() + ", " + image.path() + ", holds "
                                + image.count(snapshot)
                                + " snapshots \"" + snapshot
                                + "\", and QEMU would take the oldest. Nothing was changed.",
                        "Shut the VM down, and see what there is with `qemu-img snapshot -l " + image.path()
                                + "`. If the oldest is not wanted, delete it with `qemu-img snapshot -d " + snapshot
                                + " "
                                + image.path() + "`, which deletes one at a time.");
            }
        }
    }

    /** Refuse what a bitmap prevents: QEMU loads no snapshot into an image that has one, and libvirt ends the VM. */
    void requireWithoutBitmaps(List<String> checkpoints, String consequence) {
        List<String> bitmaps = new ArrayList<>(checkpoints);
        images.forEach(image ->
                image.bitmaps().stream().filter(name -> !bitmaps.contains(name)).forEach(bitmaps::add));
        if (bitmaps.isEmpty()) {
            return;
        }
        var names = String.join(", ", bitmaps);
        throw refused(
                "The VM has " + (checkpoints.isEmpty() ? "bitmaps in its images" : "checkpoints") + " (" + names
                        + "), and QEMU restores no snapshot as long as they are there: " + consequence
                        + ". Nothing was changed.",
                (checkpoints.isEmpty()
                                ? "Remove them while the VM is shut down, with `qemu-img bitmap --remove "
                                        + images.getFirst().path() + " " + bitmaps.getFirst() + "`"
                                : "Delete them with `virsh checkpoint-delete " + guest + " " + checkpoints.getFirst()
                                        + "`")
                        + ". The next incremental backup then becomes a full one.");
    }

    /** Return the names of a VM's checkpoints. */
    static List<String> checkpoints(Pointer guest) {
        var array = new PointerByReference();
        var count = SnapshotCalls.virDomainListAllCheckpoints(guest, array, 0);
        if (count < 0) {
            // Its driver has no checkpoints.
            LibvirtError.take();
            return List.of();
        }
        var checkpoints = array.getValue().getPointerArray(0, count);
        ClientLibrary.free(array.getValue());
        List<String> names = new ArrayList<>();
        for (var checkpoint : checkpoints) {
            names.add(SnapshotCalls.virDomainCheckpointGetName(checkpoint).getString(0, "UTF-8"));
            SnapshotCalls.virDomainCheckpointFree(checkpoint);
        }
        return names;
    }

    private static HostException refused(String reason, String advice) {
        return new HostException(Failure.REFUSED, 0, 0, reason).withAdvice(advice);
    }
}
