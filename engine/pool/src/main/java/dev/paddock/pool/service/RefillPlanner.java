package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import dev.paddock.pool.slot.PoolTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans the jobs that a pool needs. A pure function of a view. */
final class RefillPlanner {
    /** How long a surplus guest is kept: it is likely to be needed again soon. */
    private static final Duration SURPLUS_RETENTION = Duration.ofMinutes(5);

    /** What to do with a slot. */
    sealed interface Job {
        PoolSlot slot();

        /** Create its guest, discarding what is there. */
        record Make(PoolSlot slot) implements Job {}

        /** Reset its guest to the clean state. */
        record Clean(PoolSlot slot) implements Job {}

        /** Remove its guest. */
        record Remove(PoolSlot slot) implements Job {}
    }

    /**
     * The state of a pool.
     *
     * @param records its slots in the store
     * @param busy the slots with a job
     * @param pending how many of those jobs end in a ready guest
     * @param making how many of those jobs create a guest
     * @param starts how many jobs may create a guest at the same time
     * @param waiting how many requests wait for a guest to be booted for them
     * @param drained whether no guest is leased any more
     * @param now in milliseconds since the machine started
     */
    record View(
            PoolTemplate template,
            List<SlotRecord> records,
            Set<Integer> busy,
            int pending,
            int making,
            int starts,
            int waiting,
            boolean drained,
            long now) {}

    private final View view;
    private final PoolSpec spec;
    private final String digest;
    private final List<Job> jobs = new ArrayList<>();

    private RefillPlanner(View view) {
        this.view = view;
        this.spec = view.template().spec();
        this.digest = view.template().digest();
    }

    static List<Job> plan(View view) {
        return new RefillPlanner(view).plan();
    }

    /** Plan the removal of a pool that is no longer declared. Leased guests stay until they are released. */
    static List<Job> planRemoval(List<SlotRecord> records, Set<Integer> busy) {
        return records.stream()
                .filter(record -> record.state() != SlotState.LEASED)
                .filter(record -> !busy.contains(record.slot().number()))
                .<Job>map(record -> new Job.Remove(record.slot()))
                .toList();
    }

    private List<Job> plan() {
        var leased = count(SlotState.LEASED);
        var wanted = view.drained() ? 0 : Math.min(spec.max() - leased, spec.warm() + view.waiting());
        var ready = idle(SlotState.READY);
        var fresh = ready.stream().filter(this::isFresh).toList();
        var stale = new ArrayList<>(
                ready.stream().filter(record -> !isFresh(record)).toList());
        var missing = wanted - fresh.size() - view.pending();
        for (var record : idle(SlotState.DIRTY)) {
            // Cleaning costs less than making, so it is done even if enough guests are being made.
            if (wanted > 0 && isFresh(record) && spec.reset() != ResetMethod.RECREATE) {
                jobs.add(new Job.Clean(record.slot()));
                missing--;
            } else if (missing > 0 && isWithinMax(record) && mayMake()) {
                jobs.add(new Job.Make(record.slot()));
                missing--;
            } else if (missing <= 0 || !isWithinMax(record)) {
                jobs.add(new Job.Remove(record.slot()));
            }
        }
        for (var record : idle(SlotState.MAKING)) {
            if (missing > 0 && isWithinMax(record) && mayMake()) {
                jobs.add(new Job.Make(view.template().slot(record.slot().number())));
                missing--;
            } else if (missing <= 0 || !isWithinMax(record)) {
                jobs.add(new Job.Remove(record.slot()));
            }
        }
        var free = free();
        while (missing > 0 && mayMake() && !free.isEmpty()) {
            jobs.add(new Job.Make(view.template().slot(free.removeFirst())));
            missing--;
        }
        // There is no free slot beside outdated guests.
        while (missing > 0 && mayMake() && !stale.isEmpty()) {
            var record = stale.removeFirst();
            jobs.add(
                    isWithinMax(record)
                            ? new Job.Make(view.template().slot(record.slot().number()))
                            : new Job.Remove(record.slot()));
            missing--;
        }
        // Outdated guests are leased until their replacements are ready.
        var unneeded = fresh.size() >= wanted ? stale.size() : Math.max(0, fresh.size() + stale.size() - wanted);
        stale.stream().limit(unneeded).forEach(record -> jobs.add(new Job.Remove(record.slot())));
        fresh.stream()
                .sorted(Comparator.comparingInt(record -> -record.slot().number()))
                .limit(Math.max(0, fresh.size() - wanted))
                .filter(record -> wanted == 0 || view.now() - record.since() >= SURPLUS_RETENTION.toMillis())
                .forEach(record -> jobs.add(new Job.Remove(record.slot())));
        return List.copyOf(jobs);
    }

    private boolean mayMake() {
        var planned = jobs.stream().filter(Job.Make.class::isInstance).count();
        return view.making() + planned < view.starts();
    }

    private int count(SlotState state) {
        return (int) view.records().stream()
                .filter(record -> record.state() == state)
                .count();
    }

    private List<SlotRecord> idle(SlotState state) {
        return view.records().stream()
                .filter(record -> record.state() == state)
                .filter(record -> !view.busy().contains(record.slot().number()))
                .toList();
    }

    private boolean isFresh(SlotRecord record) {
        return record.digest().equals(digest) && isWithinMax(record) && !isOld(record);
    }

    private boolean isOld(SlotRecord record) {
        return spec.maxAge()
                .filter(age -> view.now() - record.made() >= age.toMillis())
                .isPresent();
    }

    private boolean isWithinMax(SlotRecord record) {
        return record.slot().number() <= spec.max();
    }

    /** Return the numbers of the empty slots. */
    private List<Integer> free() {
        var taken =
                view.records().stream().map(record -> record.slot().number()).collect(Collectors.toSet());
        IntPredicate isFree = number -> !taken.contains(number) && !view.busy().contains(number);
        return new ArrayList<>(
                IntStream.rangeClosed(1, spec.max()).filter(isFree).boxed().toList());
    }
}
