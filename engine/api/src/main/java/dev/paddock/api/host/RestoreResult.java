package dev.paddock.api.host;

import java.util.List;

/**
 * A guest that was brought back to a snapshot.
 *
 * @param way how that was done
 * @param detours why QEMU could not just load it, where it could not, as parts of a sentence after "as"
 */
public record RestoreResult(RestoreWay way, List<String> detours) {
    public RestoreResult {
        detours = List.copyOf(detours);
    }
}
