package dev.paddock.pool.slot;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.xml.Element;
import java.nio.file.Path;

/**
 * The saved state of a guest from which others are made: its disks, which contain its memory, and the document of the
 * snapshot in them.
 *
 * @param digest of the template that the guest was made from
 * @param origin the slot of the guest, whose identity the memory holds
 * @param made when the guest was created, in milliseconds since the machine started
 * @param folder holds the disks, each in a file named after its device
 */
public record SavedState(String digest, PoolSlot origin, long made, Path folder, Element snapshot) {
    /** Return the definition of the guest. */
    Element domain() {
        return snapshot.child("domain").orElse(snapshot);
    }

    SavedState in(Path newFolder) {
        return new SavedState(digest, origin, made, newFolder, snapshot);
    }
}
