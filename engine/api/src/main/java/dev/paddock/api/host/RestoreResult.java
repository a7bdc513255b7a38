package dev.paddock.api.host;

import java.util.List;

/**
 * The result of restoring a VM to a snapshot.
 *
 * @param way how the VM was restored
 * @param detours why QEMU could not simply load the snapshot, if so, as parts of a sentence after "as"
 */
public record RestoreResult(RestoreWay way, List<String> detours) {
    public RestoreResult {
        detours = List.copyOf(detours);
    }
}
