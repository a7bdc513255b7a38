package dev.paddock.api.host;

import dev.paddock.api.resource.ResourceId;

/**
 * One use of a volume.
 *
 * @param by the user of the volume
 * @param how which part uses it, for display: {@code disk vda}
 */
public record VolumeUsage(ResourceId by, String how) {
    @Override
    public String toString() {
        return by + " (" + how + ")";
    }
}
