package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.host.process.PollInterval;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseRequest;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.service.RefillPlanner.Job;
import dev.paddock.pool.slot.ClaimRequest;
import dev.paddock.pool.slot.KeptState;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SavedFork;
import dev.paddock.pool.slot.SavedState;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Forks leases: new guests go on from the memory and the disks of a leased one. Either all of them are made, or none. A
 * guest that was forked has no clean state, so it is recreated after its release.
 */
final class ForkHandler {
    /** The least number of copies that are made at once; more where there are processors for it. */
    private static final int LEAST_THREADS = 2;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Duration HOLD_POLL = Duration.ofMillis(10);

    private final LeaseStore store;
    private final SlotHost host;
    private final PoolClock clock;
    private final EventLog events;
    private final PoolRegistry pools;
    private final GuestWorker worker;
    private final LeaseTerminator terminator;
    private final WakeSignal wake;
    private final SecureRandom random = new SecureRandom();

    ForkHandler(
            LeaseStore store,
            SlotHost host,
            PoolClock clock,
            EventLog events,
            PoolRegistry pools,
            GuestWorker worker,
            LeaseTerminator terminator,
            WakeSignal wake) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.events = events;
        this.pools = pools;
        this.worker = worker;
        this.terminator = terminator;
        this.wake = wake;
    }

    /** @param parent an open lease that the user may use */
    ForkResult fork(Lease parent, ForkRequest request) {
        var pool = pools.require(parent.slot().pool());
        var template = pools.requireTemplate(pool);
        var leaseRequest = check(request, template);
        var digest = store.slot(parent.slot().pool(), parent.slot().number())
                .map(SlotRecord::digest)
                .orElse("");
        if (!digest.equals(template.digest()) && !digest.equals(SlotRecord.FORK)) {
            throw changed(template);
        }
        request.keep().ifPresent(name -> checkName(template.name(), name));
        List<Job> holds = new ArrayList<>();
        try {
            holdParent(pool, parent, holds);
            var slots = reserve(pool, template, request.count(), holds);
            var saved = save(parent, template);
            var kept = false;
            try {
                var leases = copyAll(template, parent.id(), leaseRequest, slots, saved.state());
                if (request.keep().isPresent()) {
                    keep(saved.state(), request, parent);
                    kept = true;
                }
                return new ForkResult(leases, saved.pausedNanos());
            } finally {
                if (!kept) {
                    host.delete(saved.state());
                }
            }
        } finally {
            holds.forEach(pool::endJob);
            wake.send();
        }
    }

    private void keep(SavedState state, ForkRequest request, Lease parent) {
        var name = request.keep().orElseThrow();
        host.keep(state, name, request.owner(), parent.id());
        events.add("state.kept", "pool", parent.slot().pool(), "state", name, "owner", request.owner());
    }

    /** Fork a state that the user has kept. */
    List<Lease> forkKept(String poolName, ForkRequest request) {
        var pool = pools.require(poolName);
        var template = pools.requireTemplate(pool);
        var leaseRequest = check(request, template);
        var kept = kept(poolName, request.source(), request.owner());
        if (!kept.state().digest().equals(template.digest())
                || !kept.state().origin().uuid().equals(template.uuid())) {
            throw changed(template);
        }
        List<Job> holds = new ArrayList<>();
        try {
            var slots = reserve(pool, template, request.count(), holds);
            return copyAll(template, kept.lease(), leaseRequest, slots, kept.state());
        } finally {
            holds.forEach(pool::endJob);
            wake.send();
        }
    }

    /** Return the states of a pool that a user may use: one's own, or all for root. */
    List<KeptState> kept(String pool, String owner) {
        pools.require(pool);
        return host.kept(pool).stream()
                .filter(state -> state.owner().equals(owner) || owner.equals(LeaseService.ROOT))
                .sorted(Comparator.comparing(KeptState::name))
                .toList();
    }

    void delete(String pool, String name, String owner) {
        host.delete(kept(pool, name, owner).state());
        events.add("state.deleted", "pool", pool, "state", name, "owner", owner);
    }

    private KeptState kept(String pool, String name, String owner) {
        return kept(pool, owner).stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LeaseRejectedException(
                        Reason.NOT_FOUND, "The pool \"%s\" has no state \"%s\" that is yours.".formatted(pool, name)));
    }

    private void checkName(String pool, String name) {
        if (!NAME.matcher(name).matches()) {
            throw rejected(
                    "\"%s\" names no state: a name has letters, digits and _ . -, up to 64, and starts with a letter or digit."
                            .formatted(name));
        }
        if (host.kept(pool).stream().anyMatch(state -> state.name().equals(name))) {
            throw rejected(
                    "The pool \"%s\" has a state \"%s\". Choose another name, or delete it.".formatted(pool, name));
        }
    }

    private LeaseRequest check(ForkRequest request, PoolTemplate template) {
        var spec = template.spec();
        template.obstacleToFork().ifPresent(why -> {
            throw rejected("A VM of the pool \"%s\" cannot be forked: %s.".formatted(template.name(), why));
        });
        var duration = request.duration().orElse(spec.lease());
        if (duration.compareTo(spec.longest()) > 0) {
            throw rejected("The pool \"%s\" leases for %d seconds at most."
                    .formatted(template.name(), spec.longest().toSeconds()));
        }
        if (store.drained().contains(template.name())) {
            throw new LeaseRejectedException(
                    Reason.DRAINED, "The pool \"" + template.name() + "\" is drained: nothing is leased from it now.");
        }
        return new LeaseRequest(template.name(), request.owner(), "", duration, spec.longest(), spec.perOwner());
    }

    private static LeaseRejectedException changed(PoolTemplate template) {
        return rejected(
                "The template of the pool \"%s\" has changed since the VM was made; a fork would be of both. Acquire another VM."
                        .formatted(template.name()));
    }

    private static LeaseRejectedException rejected(String why) {
        return new LeaseRejectedException(Reason.BAD_REQUEST, why);
    }

    /** While the slot of the parent has a job, its guest is neither released nor reset. */
    private void holdParent(PoolRuntime pool, Lease parent, List<Job> holds) {
        var hold = new Job.Remove(parent.slot());
        while (!pool.beginJob(hold)) {
            if (!PollInterval.of(HOLD_POLL)) {
                throw ended(parent);
            }
        }
        holds.add(hold);
        if (!store.lease(parent.id()).map(Lease::isOpen).orElse(false)) {
            throw ended(parent);
        }
    }

    private static LeaseRejectedException ended(Lease lease) {
        return new LeaseRejectedException(
                Reason.ENDED, "The lease \"%s\" has ended; there is nothing to fork.".formatted(lease.id()));
    }

    /** Reserve slots that are empty, then those of guests that are ready. */
    private List<PoolSlot> reserve(PoolRuntime pool, PoolTemplate template, int count, List<Job> holds) {
        List<PoolSlot> reserved = new ArrayList<>();
        for (var ready : List.of(false, true)) {
            for (var number = 1; number <= template.spec().max() && reserved.size() < count; number++) {
                var slot = template.slot(number);
                var hold = new Job.Remove(slot);
                if (isEmpty(slot) == !ready && pool.beginJob(hold)) {
                    if (ready ? worker.withdraw(pool, slot) : isEmpty(slot)) {
                        reserved.add(slot);
                        holds.add(hold);
                    } else {
                        pool.endJob(hold);
                    }
                }
            }
        }
        if (reserved.size() < count) {
            throw new LeaseRejectedException(
                    Reason.TOO_MANY,
                    "The pool \"%s\" has %d VMs at most, and %d of them are free for forks. Release some, or raise max."
                            .formatted(template.name(), template.spec().max(), reserved.size()));
        }
        return reserved;
    }

    private boolean isEmpty(PoolSlot slot) {
        return store.slot(slot.pool(), slot.number()).isEmpty();
    }

    private SavedFork save(Lease parent, PoolTemplate template) {
        try {
            return host.saveFork(template, parent.slot(), token());
        } catch (SlotException failure) {
            throw failed(parent.slot(), failure.reason());
        }
    }

    private LeaseRejectedException failed(PoolSlot origin, String why) {
        events.add("fork.failed", "pool", origin.pool(), "guest", origin.name(), "why", why);
        return new LeaseRejectedException(
                Reason.FORK_FAILED, "The VM \"%s\" cannot be forked: %s".formatted(origin.name(), why));
    }

    /** @param parent the lease that the state is of */
    private List<Lease> copyAll(
            PoolTemplate template, String parent, LeaseRequest request, List<PoolSlot> slots, SavedState state) {
        if (slots.isEmpty()) {
            return List.of();
        }
        var now = clock.millis();
        var records = slots.stream()
                .map(slot -> new SlotRecord(slot, SlotState.LEASED, token(), SlotRecord.FORK, now, now))
                .toList();
        var leases = store.fork(request, records, parent);
        if (leases.isEmpty()) {
            throw new LeaseRejectedException(
                    Reason.TOO_MANY,
                    "With %d more guests of the pool \"%s\", %s would have more than the %d that one may have. Release some."
                            .formatted(
                                    slots.size(),
                                    template.name(),
                                    request.owner(),
                                    request.perOwner().orElse(0)));
        }
        var failures = inParallel(leases, lease -> copy(template, lease, state));
        if (!failures.isEmpty()) {
            leases.forEach(lease -> terminator.end(lease, LeaseEndReason.UNUSABLE));
            throw failed(state.origin(), failures.getFirst());
        }
        return leases;
    }

    /** Return the failures. */
    private static List<String> inParallel(List<Lease> leases, Function<Lease, Optional<String>> work) {
        var threads = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors() / 2);
        try (var executor = Executors.newFixedThreadPool(
                threads,
                task -> Thread.ofPlatform().daemon().name("paddock-fork").unstarted(task))) {
            var running = leases.stream()
                    .map(lease -> CompletableFuture.supplyAsync(() -> work.apply(lease), executor))
                    .toList();
            return running.stream().flatMap(each -> each.join().stream()).toList();
        }
    }

    /** Return why it failed; absent when the guest is its user's. */
    private Optional<String> copy(PoolTemplate template, Lease lease, SavedState state) {
        var start = clock.nanos();
        var slot = lease.slot();
        try {
            host.fork(
                    state,
                    template,
                    new SlotMark(slot, lease.incarnation(), SlotRecord.FORK),
                    ClaimRequest.NOTHING.withLease(lease.id()).withDefaultHostname(slot.name()));
            store.markHandedOver(lease);
            events.add(
                    "lease.forked",
                    "pool",
                    slot.pool(),
                    "guest",
                    slot.name(),
                    "from",
                    state.origin().name(),
                    "owner",
                    lease.owner(),
                    "milliseconds",
                    (clock.nanos() - start) / 1_000_000);
            return Optional.empty();
        } catch (SlotException failure) {
            return Optional.of(failure.reason());
        }
    }

    private String token() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }
}
