package dev.paddock.api.pool;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A disk that is created for every VM of a pool. The pattern names a file that never exists.
 *
 * @param target the device's name, such as {@code vda}
 * @param capacity in bytes; optional if the disk has a backing
 * @param backing the initial content; absent for an empty disk
 */
public record SlotDisk(String target, OptionalLong capacity, Optional<Backing> backing) {
    /** A read-only file. */
    public record Backing(String path, String format) {}
}
