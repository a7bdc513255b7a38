package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSpec;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import dev.paddock.pool.slot.PoolTemplate;
import java.util.List;
import java.util.Optional;

/**
 * The status of a pool.
 *
 * @param outdated how many of its guests were made from an earlier template
 * @param waiting how many requests wait for a guest to be booted for them
 * @param boots why the next guest boots; absent when it is copied from the golden state, or nothing is known yet
 */
public record PoolStatus(
        PoolSpec spec,
        int ready,
        int leased,
        int making,
        int dirty,
        int outdated,
        int waiting,
        boolean drained,
        Optional<String> boots,
        List<SlotRecord> slots) {
    static PoolStatus of(
            PoolTemplate template, List<SlotRecord> records, boolean drained, int waiting, Optional<String> boots) {
        var digest = template.digest();
        return new PoolStatus(
                template.spec(),
                count(records, SlotState.READY),
                count(records, SlotState.LEASED),
                count(records, SlotState.MAKING),
                count(records, SlotState.DIRTY),
                (int) records.stream()
                        .filter(record -> !record.digest().equals(digest))
                        .filter(record -> !record.digest().equals(SlotRecord.FORK))
                        .count(),
                waiting,
                drained,
                boots,
                List.copyOf(records));
    }

    private static int count(List<SlotRecord> records, SlotState state) {
        return (int) records.stream().filter(record -> record.state() == state).count();
    }
}
