package dev.paddock.api.host;

import dev.paddock.api.resource.ResourceId;

/**
 * A use of a volume.
 *
 * @param by what uses it
 * @param how in which part, for people: {@code disk vda}
 */
public record VolumeUsage(ResourceId by, String how) {
    @Override
    public String toString() {
        return by + " (" + how + ")";
    }
}
