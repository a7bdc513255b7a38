package dev.paddock.api.pool;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A disk that every guest of a pool gets made anew. The pattern names a file that is never there.
 *
 * @param target the device's name, such as {@code vda}
 * @param capacity in bytes; of a disk with a backing it may be left out
 * @param backing what it starts from; absent of an empty one
 */
public record SlotDisk(String target, OptionalLong capacity, Optional<Backing> backing) {
    /** A file that is only read. */
    public record Backing(String path, String format) {}
}
