package dev.paddock.host.libvirt.snapshot;

import dev.paddock.api.host.HostException;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.domain.GuestState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out why a snapshot cannot be taken or restored, and what to do about it: libvirt and QEMU only report the first
 * cause.
 */
final class SnapshotAdvice {
    private static final List<String> FULL =
            List.of("No space left", "while writing VM state", "ram_save_setup failed: Input/output error");

    /** How versions of libvirt name the firmware that they refuse; which they refuse differs, so the words decide. */
    private static final List<String> FIRMWARE = List.of("pflash", "nvram");

    private SnapshotAdvice() {}

    static HostException whenTaking(HostException failure, Element guest, GuestState state) {
        return wayToTake(failure.reason(), guest, state)
                .map(failure::withAdvice)
                .orElse(failure);
    }

    /** Return advice for a refused snapshot, based on the parts of the VM. */
    static Optional<String> wayToTake(String reason, Element guest, GuestState state) {
        // On a full disk, QEMU only reports that it could not write, in words that differ by version.
        if (FULL.stream().anyMatch(reason::contains)) {
            return Optional.of("Make room where the guest's disk is, or delete snapshots that nobody needs, and try"
                    + " again: a snapshot takes as much as the guest's memory holds.");
        }
        if (FIRMWARE.stream().anyMatch(reason.toLowerCase(Locale.ROOT)::contains)) {
            return Optional.of(wayWithFirmware(reason));
        }
        var devices = guest.child("devices").orElse(Element.of("devices"));
        var written = devices.children("disk").stream()
                .filter(disk -> !disk.attribute("device").orElse("disk").matches("cdrom|floppy"))
                .filter(disk -> disk.child("readonly").isEmpty())
                .toList();
        var others = written.stream()
                .filter(disk -> !format(disk).equals("qcow2"))
                .map(disk -> target(disk) + " (" + format(disk) + ")")
                .toList();
        if (!others.isEmpty()) {
            return Optional.of("Only qcow2 images can hold snapshots, and " + String.join(", ", others)
                    + (others.size() == 1 ? " is none" : " are none")
                    + ". Shut the guest down, convert the image with `qemu-img convert -O qcow2 OLD NEW`, and declare"
                    + " the new one; or make the disk readonly, if nothing is written to it.");
        }
        if (written.isEmpty() && state.isActive()) {
            return Optional.of("The memory of a guest is kept in an image of its own, and this guest has none that it"
                    + " writes to. Give it a small qcow2 disk, even one that it never uses.");
        }
        if (!devices.children("hostdev").isEmpty()) {
            return Optional.of(
                    "A device of the host has a state that nobody can read. Unplug it, take the snapshot, and plug it"
                            + " in again; or take the snapshot while the guest is shut down.");
        }
        if (!devices.children("filesystem").isEmpty() && state.isActive()) {
            return Optional.of("A share that is mounted holds files open that no snapshot could open again. Run umount"
                    + " in the guest, take the snapshot, and mount it again; or take it while the guest is shut down.");
        }
        return Optional.empty();
    }

    private static String wayWithFirmware(String reason) {
        return reason.toLowerCase(Locale.ROOT).contains("qcow2")
                ? "The UEFI variables of the VM are in a raw file, and only a qcow2 file can hold a snapshot of a"
                        + " running VM. Take it while the VM is shut down; or declare an nvram file in the format qcow2,"
                        + " with a template in that format, in the xml of a new VM."
                : "This libvirt takes no snapshot of a running VM with UEFI firmware. Take it while the VM is shut"
                        + " down, or boot it with firmware: bios.";
    }

    static HostException whenRestoring(HostException failure, GuestState state) {
        return failure.withAdvice(
                state.isActive()
                        ? "The guest runs on as it was, or as far as it was brought back; restore again when what the"
                                + " reason names is fixed."
                        : "The guest does not run now. Restore again when what the reason names is fixed, or start it"
                                + " as it is.");
    }

    private static String format(Element disk) {
        return disk.child("driver").flatMap(driver -> driver.attribute("type")).orElse("raw");
    }

    private static String target(Element disk) {
        return disk.child("target").flatMap(target -> target.attribute("dev")).orElse("?");
    }
}
