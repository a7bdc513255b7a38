package dev.paddock.bench;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.Reset;
import dev.paddock.api.pool.Slot;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.xml.Element;
import dev.paddock.keeper.Stay;
import dev.paddock.keeper.slot.Claiming;
import dev.paddock.keeper.slot.Found;
import dev.paddock.keeper.slot.GuestSession;
import dev.paddock.keeper.slot.Pattern;
import dev.paddock.keeper.slot.Results;
import dev.paddock.keeper.slot.SlotHost;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A keeper whose guests cost nothing: what acquiring one takes then is all its own. Runs until it is ended.
 */
public final class StandInPool implements SlotHost {
    private static final int GUESTS = 100;

    private final Map<String, SlotMark> guests = new ConcurrentHashMap<>();

    private StandInPool() {}

    /** @param arguments a folder, in which the socket will be {@code paddock.sock}, and its pool {@code standins} */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var stay = Stay.open(
                folder.resolve("keeper"), folder.resolve("paddock.sock"), new StandInPool(), List.of(), nowhere);
        stay.until(new CountDownLatch(1));
    }

    @Override
    public List<Pattern> patterns() {
        var spec = new PoolSpec(
                GUESTS,
                GUESTS,
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Reset.RESTORE,
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
        return List.of(Pattern.of(domain).orElseThrow());
    }

    @Override
    public List<Found> guests() {
        return guests.values().stream().map(mark -> new Found(mark, true)).toList();
    }

    @Override
    public void make(Pattern pattern, Slot slot, String incarnation) {
        guests.put(slot.name(), new SlotMark(slot, incarnation, pattern.digest()));
    }

    @Override
    public void reset(Pattern pattern, Slot slot) {}

    @Override
    public Results collect(Slot slot, String lease, String owner) {
        return Results.NONE;
    }

    @Override
    public Results kept(String lease) {
        return Results.NONE;
    }

    @Override
    public GuestSession open(Pattern pattern, Slot slot) {
        return new GuestSession() {
            @Override
            public void ping() {}

            @Override
            public void claim(Claiming claiming) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void destroy(Slot slot) {
        guests.remove(slot.name());
    }

    @Override
    public void close() {}
}
