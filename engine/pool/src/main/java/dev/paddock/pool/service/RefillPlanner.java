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

/** Decides what is to be done for a pool. It looks at values, and changes nothing. */
final class RefillPlanner {
    /** For so long a guest that is not needed is kept: what was needed a moment ago is soon needed again. */
    private static final Duration SPARED = Duration.ofMinutes(5);

    /** What to do with a slot. */
    sealed interface Job {
        PoolSlot slot();

        /** Make its guest from nothing; whatever is there is thrown away. */
        record Make(PoolSlot slot) implements Job {}

        /** Bring its guest back to its clean state. */
        record Clean(PoolSlot slot) implements Job {}

        /** Remove its guest. */
        record Remove(PoolSlot slot) implements Job {}
    }

    /**
     * How a pool is.
     *
     * @param records all that is known of its slots
     * @param busy the slots with a job
     * @param coming how many of those jobs end in a guest that is ready
     * @param making how many of those make one from nothing
     * @param waiting how many wait for a guest that is to be booted for them
     * @param drained whether nothing is lent any more
     */
    record View(
            PoolTemplate pattern,
            List<SlotRecord> records,
            Set<Integer> busy,
            int coming,
            int making,
            int waiting,
            boolean drained,
            long now) {}

    private final View view;
    private final PoolSpec spec;
    private final String digest;
    private final List<Job> jobs = new ArrayList<>();

    private RefillPlanner(View view) {
        this.view = view;
        this.spec = view.pattern().spec();
        this.digest = view.pattern().digest();
    }

    static List<Job> of(View view) {
        return new RefillPlanner(view).decide();
    }

    /** Return what to do with the slots of a pool that is declared no more: guests in use are left to their users. */
    static List<Job> ofNone(List<SlotRecord> records, Set<Integer> busy) {
        return records.stream()
                .filter(record -> record.state() != SlotState.LEASED)
                .filter(record -> !busy.contains(record.slot().number()))
                .<Job>map(record -> new Job.Remove(record.slot()))
                .toList();
    }

    private List<Job> decide() {
        var leased = count(SlotState.LEASED);
        var wanted = view.drained() ? 0 : Math.min(spec.max() - leased, spec.warm() + view.waiting());
        var ready = idle(SlotState.READY);
        var fresh = ready.stream().filter(this::isFresh).toList();
        var stale = new ArrayList<>(
                ready.stream().filter(record -> !isFresh(record)).toList());
        var missing = wanted - fresh.size() - view.coming();
        for (var record : idle(SlotState.DIRTY)) {
            // To clean one takes less than to make one, so it is done whatever is being made, and also to spare one.
            if (wanted > 0 && isFresh(record) && spec.reset() != ResetMethod.RECREATE) {
                jobs.add(new Job.Clean(record.slot()));
                missing--;
            } else if (missing > 0 && isWithin(record) && mayMake()) {
                jobs.add(new Job.Make(record.slot()));
                missing--;
            } else if (missing <= 0 || !isWithin(record)) {
                jobs.add(new Job.Remove(record.slot()));
            }
        }
        for (var record : idle(SlotState.MAKING)) {
            if (missing > 0 && isWithin(record) && mayMake()) {
                jobs.add(new Job.Make(view.pattern().slot(record.slot().number())));
                missing--;
            } else if (missing <= 0 || !isWithin(record)) {
                jobs.add(new Job.Remove(record.slot()));
            }
        }
        var free = free();
        while (missing > 0 && mayMake() && !free.isEmpty()) {
            jobs.add(new Job.Make(view.pattern().slot(free.removeFirst())));
            missing--;
        }
        // No room is left beside what is outdated.
        while (missing > 0 && mayMake() && !stale.isEmpty()) {
            var record = stale.removeFirst();
            jobs.add(
                    isWithin(record)
                            ? new Job.Make(view.pattern().slot(record.slot().number()))
                            : new Job.Remove(record.slot()));
            missing--;
        }
        // What is outdated is lent until what replaces it is ready.
        var unneeded = fresh.size() >= wanted ? stale.size() : Math.max(0, fresh.size() + stale.size() - wanted);
        stale.stream().limit(unneeded).forEach(record -> jobs.add(new Job.Remove(record.slot())));
        fresh.stream()
                .sorted(Comparator.comparingInt(record -> -record.slot().number()))
                .limit(Math.max(0, fresh.size() - wanted))
                .filter(record -> wanted == 0 || view.now() - record.since() >= SPARED.toMillis())
                .forEach(record -> jobs.add(new Job.Remove(record.slot())));
        return List.copyOf(jobs);
    }

    private boolean mayMake() {
        var planned = jobs.stream().filter(Job.Make.class::isInstance).count();
        return view.making() + planned < spec.starts();
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
        return record.digest().equals(digest) && isWithin(record) && !isOld(record);
    }

    private boolean isOld(SlotRecord record) {
        return spec.maxAge()
                .filter(age -> view.now() - record.made() >= age.toMillis())
                .isPresent();
    }

    private boolean isWithin(SlotRecord record) {
        return record.slot().number() <= spec.max();
    }

    /** The numbers of slots in which nothing is. */
    private List<Integer> free() {
        var taken =
                view.records().stream().map(record -> record.slot().number()).collect(Collectors.toSet());
        IntPredicate isFree = number -> !taken.contains(number) && !view.busy().contains(number);
        return new ArrayList<>(
                IntStream.rangeClosed(1, spec.max()).filter(isFree).boxed().toList());
    }
}
