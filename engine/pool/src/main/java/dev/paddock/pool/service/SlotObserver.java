package dev.paddock.pool.service;

import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import dev.paddock.pool.service.RefillPlanner.Job;
import dev.paddock.pool.slot.ObservedSlot;
import dev.paddock.pool.slot.SlotHost;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the slots in the store with the guests on the host, and has the differences repaired. */
final class SlotObserver {
    private final LeaseStore store;
    private final SlotHost host;
    private final EventLog events;
    private final PoolRegistry pools;
    private final GuestWorker worker;
    private final LeaseTerminator terminator;

    SlotObserver(
            LeaseStore store,
            SlotHost host,
            EventLog events,
            PoolRegistry pools,
            GuestWorker worker,
            LeaseTerminator terminator) {
        this.store = store;
        this.host = host;
        this.events = events;
        this.pools = pools;
        this.worker = worker;
        this.terminator = terminator;
    }

    /** Find guests that ended by themselves, and guests of pools that the store does not know. */
    void observe() {
        var records = store.slots();
        var guests = host.guests().stream()
                .collect(Collectors.toMap(
                        guest -> guest.mark().slot().name(), Function.identity(), (first, second) -> first));
        for (var record : records) {
            var guest = guests.get(record.slot().name());
            var isRunning =
                    guest != null && guest.runs() && guest.mark().incarnation().equals(record.incarnation());
            if (!isRunning) {
                handleMissing(record);
            }
        }
        var known = records.stream()
                .collect(Collectors.toMap(record -> record.slot().name(), SlotRecord::incarnation));
        guests.values().stream()
                .filter(guest -> !guest.mark()
                        .incarnation()
                        .equals(known.get(guest.mark().slot().name())))
                .forEach(this::removeOrphan);
    }

    /** The guest of a slot ended by itself. */
    private void handleMissing(SlotRecord record) {
        var pool = pools.of(record.slot());
        if (pool.busySlots().contains(record.slot().number())) {
            return;
        }
        switch (record.state()) {
            case LEASED ->
                store.open().stream()
                        .filter(each -> each.slot().equals(record.slot())
                                && each.incarnation().equals(record.incarnation()))
                        .findFirst()
                        .ifPresent(lease -> worker.endLease(lease, LeaseEndReason.LOST));
            case READY -> {
                if (worker.withdraw(pool, record.slot())) {
                    events.add(
                            "guest.gone",
                            "pool",
                            pool.name(),
                            "guest",
                            record.slot().name());
                    worker.scheduleRecreation(record);
                }
            }
            case DIRTY -> worker.scheduleRecreation(record);
            case MAKING -> {}
        }
    }

    /** Remove a guest that bears the mark of a pool but is not in the store: its last user is unknown. */
    private void removeOrphan(ObservedSlot guest) {
        var slot = guest.mark().slot();
        worker.start(pools.of(slot), new Job.Remove(slot));
    }

    /**
     * Recover from the end of an earlier server. Leases of guests that still run continue. Guests that were ready are
     * cleaned again, as somebody may have used them meanwhile; all others are recreated.
     */
    void recover() {
        store.unconfirmed().forEach(lease -> terminator.end(lease, LeaseEndReason.LOST));
        pools.refresh();
        var running = host.guests().stream()
                .filter(ObservedSlot::runs)
                .map(guest -> guest.mark().slot().name() + "\n" + guest.mark().incarnation())
                .collect(Collectors.toSet());
        for (var record : store.slots()) {
            var isRunning = running.contains(record.slot().name() + "\n" + record.incarnation());
            recover(record, isRunning, store.open());
        }
    }

    private void recover(SlotRecord record, boolean isRunning, List<Lease> leases) {
        var lease = leases.stream()
                .filter(each -> each.slot().equals(record.slot()))
                .filter(each -> each.incarnation().equals(record.incarnation()))
                .findFirst();
        if (record.state() == SlotState.LEASED && lease.isPresent()) {
            if (!isRunning) {
                worker.endLease(lease.get(), LeaseEndReason.LOST);
            }
            return;
        }
        lease.ifPresent(each -> terminator.end(each, LeaseEndReason.LOST));
        Set.of(SlotState.READY, SlotState.LEASED).forEach(state -> store.move(record.slot(), state, SlotState.DIRTY));
        if (!isRunning || record.state() == SlotState.MAKING) {
            worker.scheduleRecreation(record);
        }
    }
}
