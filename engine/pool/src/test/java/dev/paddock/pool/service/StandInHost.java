package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.xml.Element;
import dev.paddock.pool.slot.ClaimRequest;
import dev.paddock.pool.slot.GuestSession;
import dev.paddock.pool.slot.KeptState;
import dev.paddock.pool.slot.LeaseResults;
import dev.paddock.pool.slot.ObservedSlot;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SavedFork;
import dev.paddock.pool.slot.SavedState;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A host without guests: the stand-in for a guest remembers what its user left in it. */
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
    public final List<PoolTemplate> templates = new CopyOnWriteArrayList<>();
    /** How often the templates were read. */
    final AtomicInteger refreshes = new AtomicInteger();

    final AtomicInteger made = new AtomicInteger();

    /** How many guests were copied from a golden state. */
    final AtomicInteger copied = new AtomicInteger();

    private final Map<String, KeptState> kept = new ConcurrentHashMap<>();
    private final Map<String, SavedState> golden = new ConcurrentHashMap<>();

    /** Why no guest can be copied; empty when they can. */
    volatile String obstacle = "";

    final AtomicInteger copying = new AtomicInteger();
    private final Map<String, LeaseResults> collected = new ConcurrentHashMap<>();

    /** Copying results waits until it opens. */
    volatile CountDownLatch collecting = new CountDownLatch(0);

    /** Whether there is no room for results. */
    volatile boolean isFull;

    private final Random random;
    private final double faults;
    private final AtomicInteger generation = new AtomicInteger();

    /** @param faults the probability that an operation fails */
    public StandInHost(long seed, double faults) {
        this.random = new Random(seed);
        this.faults = faults;
    }

    /** Return the host for a new server. From now on earlier servers cannot reach it. */
    public SlotHost forNewServer() {
        return new ServerView(generation.incrementAndGet());
    }

    private synchronized void maybeFail(String operation) {
        if (random.nextDouble() < faults) {
            throw new SlotException(operation + " fails, as this test wants it to.");
        }
    }

    /** End the QEMU of a guest. */
    void kill(String name) {
        var guest = guests.get(name);
        if (guest != null) {
            guest.runs = false;
        }
    }

    StandIn guest(String name) {
        var guest = guests.get(name);
        if (guest == null) {
            throw new AssertionError("The guest " + name + " is leased and does not exist.");
        }
        return guest;
    }

    @Override
    public List<PoolTemplate> templates() {
        refreshes.incrementAndGet();
        return List.copyOf(templates);
    }

    @Override
    public List<ObservedSlot> guests() {
        return guests.values().stream()
                .map(guest -> new ObservedSlot(guest.mark, guest.runs))
                .toList();
    }

    @Override
    public void make(PoolTemplate template, PoolSlot slot, String incarnation) {
        guests.remove(slot.name());
        maybeFail("Defining");
        guests.put(slot.name(), new StandIn(new SlotMark(slot, incarnation, template.digest())));
        made.incrementAndGet();
        maybeFail("Booting");
    }

    @Override
    public Optional<SavedState> golden(String pool) {
        return Optional.ofNullable(golden.get(pool));
    }

    @Override
    public void saveGolden(PoolTemplate template, PoolSlot slot, long time) {
        maybeFail("Saving");
        if (!guest(slot.name()).left.get().isEmpty()) {
            throw new AssertionError("A used guest becomes the golden state.");
        }
        golden.put(
                slot.pool(),
                new SavedState(template.digest(), slot, time, Path.of("golden"), Element.of("domainsnapshot")));
    }

    @Override
    public void retainStates(Set<String> pools) {
        golden.keySet().retainAll(pools);
    }

    @Override
    public void copy(SavedState state, PoolTemplate template, PoolSlot slot, String incarnation) {
        guests.remove(slot.name());
        maybeFail("Copying");
        if (!obstacle.isEmpty()) {
            throw new SlotException(obstacle);
        }
        guests.put(slot.name(), new StandIn(new SlotMark(slot, incarnation, template.digest())));
        copied.incrementAndGet();
    }

    @Override
    public SavedFork saveFork(PoolTemplate template, PoolSlot slot, String name) {
        maybeFail("Saving");
        var left = guest(slot.name()).left.get();
        return new SavedFork(
                new SavedState(
                        template.digest(),
                        slot,
                        0,
                        Path.of(name),
                        Element.of("memory").withText(left)),
                0);
    }

    @Override
    public void fork(SavedState state, PoolTemplate template, SlotMark mark, ClaimRequest claim) {
        guests.remove(mark.slot().name());
        maybeFail("Copying");
        if (!obstacle.isEmpty()) {
            throw new SlotException(obstacle);
        }
        var guest = new StandIn(mark);
        guest.left.set(state.snapshot().text());
        guests.put(mark.slot().name(), guest);
    }

    @Override
    public void keep(SavedState state, String name, String owner, String lease) {
        kept.put(name, new KeptState(name, owner, lease, state));
    }

    @Override
    public List<KeptState> kept(String pool) {
        return List.copyOf(kept.values());
    }

    @Override
    public void delete(SavedState state) {
        kept.values().removeIf(each -> each.state().equals(state));
    }

    @Override
    public void reset(PoolTemplate template, PoolSlot slot) {
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
            collecting.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        var results = new LeaseResults(Optional.of(guest(slot.name()).left.get()), List.of());
        var earlier = collected.putIfAbsent(lease, results);
        return earlier == null ? results : earlier;
    }

    @Override
    public LeaseResults results(String lease) {
        return collected.getOrDefault(lease, LeaseResults.NONE);
    }

    @Override
    public GuestSession open(PoolTemplate template, PoolSlot slot) {
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
            public void claim(ClaimRequest claim) {
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

    /** The host as one server reaches it. */
    private final class ServerView implements SlotHost {
        private final int server;

        ServerView(int server) {
            this.server = server;
        }

        private StandInHost host() {
            if (server != generation.get()) {
                throw new SlotException("This server is dead.");
            }
            return StandInHost.this;
        }

        @Override
        public List<PoolTemplate> templates() {
            return host().templates();
        }

        @Override
        public List<ObservedSlot> guests() {
            return host().guests();
        }

        @Override
        public void make(PoolTemplate template, PoolSlot slot, String incarnation) {
            host().make(template, slot, incarnation);
        }

        @Override
        public Optional<SavedState> golden(String pool) {
            return host().golden(pool);
        }

        @Override
        public void saveGolden(PoolTemplate template, PoolSlot slot, long time) {
            host().saveGolden(template, slot, time);
        }

        @Override
        public void retainStates(Set<String> pools) {
            host().retainStates(pools);
        }

        @Override
        public void copy(SavedState state, PoolTemplate template, PoolSlot slot, String incarnation) {
            host().copy(state, template, slot, incarnation);
        }

        @Override
        public SavedFork saveFork(PoolTemplate template, PoolSlot slot, String name) {
            return host().saveFork(template, slot, name);
        }

        @Override
        public void fork(SavedState state, PoolTemplate template, SlotMark mark, ClaimRequest claim) {
            host().fork(state, template, mark, claim);
        }

        @Override
        public void keep(SavedState state, String name, String owner, String lease) {
            host().keep(state, name, owner, lease);
        }

        @Override
        public List<KeptState> kept(String pool) {
            return host().kept(pool);
        }

        @Override
        public void delete(SavedState state) {
            host().delete(state);
        }

        @Override
        public void reset(PoolTemplate template, PoolSlot slot) {
            host().reset(template, slot);
        }

        @Override
        public LeaseResults collect(PoolSlot slot, String lease, String owner) {
            return host().collect(slot, lease, owner);
        }

        @Override
        public LeaseResults results(String lease) {
            return host().results(lease);
        }

        @Override
        public GuestSession open(PoolTemplate template, PoolSlot slot) {
            return host().open(template, slot);
        }

        @Override
        public void destroy(PoolSlot slot) {
            host().destroy(slot);
        }

        @Override
        public void close() {}
    }
}
