package dev.paddock.bench;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
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
import dev.paddock.pool.slot.SlotHost;
import dev.paddock.server.PaddockServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A pool server whose guests cost nothing, to measure what the server itself takes. Runs until it is killed.
 */
public final class StandInPool implements SlotHost {
    private static final int GUESTS = 100;

    private final Map<String, SlotMark> guests = new ConcurrentHashMap<>();

    private StandInPool() {}

    /** @param arguments a folder; its socket is {@code paddock.sock}, its pool {@code standins} */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var server = PaddockServer.open(
                folder.resolve("keeper"), folder.resolve("paddock.sock"), new StandInPool(), List.of(), nowhere);
        server.serveUntil(new CountDownLatch(1));
    }

    @Override
    public List<PoolTemplate> templates() {
        var spec = new PoolSpec(
                GUESTS,
                GUESTS,
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                ResetMethod.RESTORE,
                OnEmpty.WAIT,
                Duration.ofSeconds(30),
                Optional.empty(),
                OptionalInt.empty(),
                GUESTS,
                Optional.empty(),
                OptionalLong.empty(),
                List.of());
        var domain = Element.of("domain")
                .withChildren(List.of(
                        Element.of("name").withText("standins"),
                        Element.of("uuid").withText("5a0f6d0e-1111-5222-8333-944445555666"),
                        Element.of("metadata").withChildren(List.of(spec.element()))));
        return List.of(PoolTemplate.of(domain).orElseThrow());
    }

    @Override
    public List<ObservedSlot> guests() {
        return guests.values().stream()
                .map(mark -> new ObservedSlot(mark, true))
                .toList();
    }

    @Override
    public void make(PoolTemplate template, PoolSlot slot, String incarnation) {
        guests.put(slot.name(), new SlotMark(slot, incarnation, template.digest()));
    }

    @Override
    public Optional<SavedState> golden(String pool) {
        return Optional.empty();
    }

    @Override
    public void saveGolden(PoolTemplate template, PoolSlot slot, long made) {}

    @Override
    public void retainStates(Set<String> pools) {}

    @Override
    public void copy(SavedState state, PoolTemplate template, PoolSlot slot, String incarnation) {
        make(template, slot, incarnation);
    }

    @Override
    public SavedFork saveFork(PoolTemplate template, PoolSlot slot, String name) {
        return new SavedFork(new SavedState(template.digest(), slot, 0, Path.of(name), Element.of("domain")), 0);
    }

    @Override
    public void fork(SavedState state, PoolTemplate template, SlotMark mark, ClaimRequest claim) {
        guests.put(mark.slot().name(), mark);
    }

    @Override
    public void keep(SavedState state, String name, String owner, String lease) {}

    @Override
    public List<KeptState> kept(String pool) {
        return List.of();
    }

    @Override
    public void delete(SavedState state) {}

    @Override
    public void reset(PoolTemplate template, PoolSlot slot) {}

    @Override
    public LeaseResults collect(PoolSlot slot, String lease, String owner) {
        return LeaseResults.NONE;
    }

    @Override
    public LeaseResults results(String lease) {
        return LeaseResults.NONE;
    }

    @Override
    public GuestSession open(PoolTemplate template, PoolSlot slot) {
        return new GuestSession() {
            @Override
            public void ping() {}

            @Override
            public void claim(ClaimRequest claim) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void destroy(PoolSlot slot) {
        guests.remove(slot.name());
    }

    @Override
    public void close() {}
}
