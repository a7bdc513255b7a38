package dev.paddock.pool.slot;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Readiness;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is read of one guest of a pool, and done with it.
 *
 * @param performer performs an action on the host
 * @param readiness returns the steps that wait until a guest is ready, from the metadata of its document
 */
record SlotActions(
        ReconnectingHost<HostReader> reader, Consumer<Action> performer, Function<Element, List<Action>> readiness) {
    private static final String GUEST = "vm";
    private static final Duration BOOT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration ADDRESS_TIMEOUT = Duration.ofSeconds(10);

    void perform(Action action) {
        performer.accept(action);
    }

    static ResourceId guest(PoolSlot slot) {
        return new ResourceId(GUEST, slot.name());
    }

    static ResourceId snapshot(PoolSlot slot, String name) {
        return new ResourceId("snapshot", slot.name() + "/" + name);
    }

    static Action take(ResourceId snapshot) {
        var name = snapshot.name().substring(snapshot.name().indexOf('/') + 1);
        return new Action.Define(
                snapshot,
                XmlWriter.write(Element.of("domainsnapshot")
                        .withChildren(List.of(Element.of("name").withText(name)))));
    }

    void awaitReady(PoolTemplate template, PoolSlot slot) {
        var id = guest(slot);
        var steps = readiness.apply(template.domain());
        steps.forEach(step ->
                perform(step instanceof Action.AwaitReady ready ? new Action.AwaitReady(id, ready.wanted()) : step));
        if (steps.isEmpty()) {
            perform(new Action.AwaitReady(id, new Readiness(true, false, false, List.of(), false, BOOT_TIMEOUT)));
        }
    }

    /** A guest with an address when it is saved has one again before it is leased. Some filters let it have none. */
    void awaitAddress(PoolTemplate template, PoolSlot slot) {
        if (template.spec().addresses().isPresent()) {
            try {
                perform(new Action.AwaitReady(
                        guest(slot), new Readiness(false, true, false, List.of(), false, ADDRESS_TIMEOUT)));
            } catch (SlotException failure) {
                if (failure.isOfLostHost()) {
                    throw failure;
                }
            }
        }
    }

    /** Work while a guest is suspended: it has written everything to its disks. Return how many nanoseconds it was. */
    long suspended(PoolSlot slot, Runnable work) {
        var start = System.nanoTime();
        perform(new Action.Suspend(guest(slot)));
        try {
            work.run();
        } finally {
            perform(new Action.Resume(guest(slot)));
        }
        return System.nanoTime() - start;
    }

    Element snapshotDocument(ResourceId snapshot) {
        var found = reader.use(connection -> connection.read(snapshot.kind(), Optional.of(Set.of(snapshot.name()))))
                .get(snapshot.name());
        if (found instanceof Observed.Present present) {
            return present.defined();
        }
        throw new SlotException("There is no snapshot " + snapshot.name() + ".");
    }

    /** Return the slot whose identity the memory of a guest has when it is restored, if not always its own. */
    Optional<PoolSlot> origin(PoolSlot slot) {
        return definition(slot).flatMap(SlotMark::of).flatMap(SlotMark::origin);
    }

    Optional<Element> definition(PoolSlot slot) {
        var found = reader.use(connection -> connection.read(GUEST, Optional.of(Set.of(slot.name()))))
                .get(slot.name());
        return found instanceof Observed.Present present ? Optional.of(present.defined()) : Optional.empty();
    }

    Element live(PoolSlot slot) {
        var found = reader.use(connection -> connection.read(GUEST, Optional.of(Set.of(slot.name()))))
                .get(slot.name());
        return found instanceof Observed.Present present
                ? present.live().orElse(present.defined())
                : Element.of("domain");
    }
}
