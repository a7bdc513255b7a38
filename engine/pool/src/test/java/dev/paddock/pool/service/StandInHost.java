package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.pool.slot.ClaimRequest;
import dev.paddock.pool.slot.GuestSession;
import dev.paddock.pool.slot.LeaseResults;
import dev.paddock.pool.slot.ObservedSlot;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Guests that are not there: what stands in for one remembers what its user left in it. */
public final class StandInHost implements SlotHost {
    /** One guest. */
    static final class StandIn {
        final SlotMark mark;
        final AtomicReference<String> left = new AtomicReference<>("");
        volatile boolean runs = true;

        StandIn(SlotMark mark) {
            this.mark = mark;
        }
    }

    final Map<String, StandIn> guests = new ConcurrentHashMap<>();
    public final List<PoolTemplate> patterns = new CopyOnWriteArrayList<>();
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger copying = new AtomicInteger();
    private final Map<String, LeaseResults> kept = new ConcurrentHashMap<>();

    /** While it is closed, results are being copied. */
    volatile CountDownLatch copied = new CountDownLatch(0);

    /** Whether results cannot be copied. */
    volatile boolean isFull;

    private final Random random;
    private final double faults;
    private final AtomicInteger generation = new AtomicInteger();

    /** @param faults how likely each thing fails */
    public StandInHost(long seed, double faults) {
        this.random = new Random(seed);
        this.faults = faults;
    }

    /** Return the host as one keeper has it: from the next call on the earlier keeper reaches nothing. */
    public SlotHost forOneKeeper() {
        return new Reach(generation.incrementAndGet());
    }

    private synchronized void maybeFail(String what) {
        if (random.nextDouble() < faults) {
            throw new SlotException(what + " fails, as this test wants it to.");
        }
    }

    /** A guest's QEMU ends. */
    void kill(String name) {
        var guest = guests.get(name);
        if (guest != null) {
            guest.runs = false;
        }
    }

    StandIn guest(String name) {
        var guest = guests.get(name);
        if (guest == null) {
            throw new AssertionError("The guest " + name + " was lent and is not there.");
        }
        return guest;
    }

    @Override
    public List<PoolTemplate> patterns() {
        return List.copyOf(patterns);
    }

    @Override
    public List<ObservedSlot> guests() {
        return guests.values().stream()
                .map(guest -> new ObservedSlot(guest.mark, guest.runs))
                .toList();
    }

    @Override
    public void make(PoolTemplate pattern, PoolSlot slot, String incarnation) {
        guests.remove(slot.name());
        maybeFail("Defining");
        guests.put(slot.name(), new StandIn(new SlotMark(slot, incarnation, pattern.digest())));
        made.incrementAndGet();
        maybeFail("Booting");
    }

    @Override
    public void reset(PoolTemplate pattern, PoolSlot slot) {
        maybeFail("Restoring");
        var guest = guests.get(slot.name());
        if (guest == null || !guest.runs) {
            throw new SlotException("There is no such guest.");
        }
        guest.left.set("");
    }

    @Override
    public LeaseResults collect(PoolSlot slot, String lease, String owner) {
        copying.incrementAndGet();
        if (isFull) {
            throw new SlotException("There is no room.");
        }
        try {
            copied.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        var results = new LeaseResults(Optional.of(guest(slot.name()).left.get()), List.of());
        var before = kept.putIfAbsent(lease, results);
        return before == null ? results : before;
    }

    @Override
    public LeaseResults kept(String lease) {
        return kept.getOrDefault(lease, LeaseResults.NONE);
    }

    @Override
    public GuestSession open(PoolTemplate pattern, PoolSlot slot) {
        maybeFail("Opening");
        var guest = guests.get(slot.name());
        return new GuestSession() {
            @Override
            public void ping() {
                if (guest == null || !guest.runs) {
                    throw new SlotException("It does not answer.");
                }
            }

            @Override
            public void claim(ClaimRequest claiming) {
                ping();
                maybeFail("Claiming");
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void destroy(PoolSlot slot) {
        maybeFail("Destroying");
        guests.remove(slot.name());
    }

    @Override
    public void close() {}

    /** The host of one keeper. */
    private final class Reach implements SlotHost {
        private final int mine;

        Reach(int mine) {
            this.mine = mine;
        }

        private StandInHost host() {
            if (mine != generation.get()) {
                throw new SlotException("This keeper is dead.");
            }
            return StandInHost.this;
        }

        @Override
        public List<PoolTemplate> patterns() {
            return host().patterns();
        }

        @Override
        public List<ObservedSlot> guests() {
            return host().guests();
        }

        @Override
        public void make(PoolTemplate pattern, PoolSlot slot, String incarnation) {
            host().make(pattern, slot, incarnation);
        }

        @Override
        public void reset(PoolTemplate pattern, PoolSlot slot) {
            host().reset(pattern, slot);
        }

        @Override
        public LeaseResults collect(PoolSlot slot, String lease, String owner) {
            return host().collect(slot, lease, owner);
        }

        @Override
        public LeaseResults kept(String lease) {
            return host().kept(lease);
        }

        @Override
        public GuestSession open(PoolTemplate pattern, PoolSlot slot) {
            return host().open(pattern, slot);
        }

        @Override
        public void destroy(PoolSlot slot) {
            host().destroy(slot);
        }

        @Override
        public void close() {}
    }
}
