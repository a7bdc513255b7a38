package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The pools that are declared on the host, and those that still have guests. It is the only owner of their runtime
 * state, and may be used by several threads.
 */
final class PoolRegistry {
    private final LeaseStore store;
    private final SlotHost host;
    private final PoolClock clock;
    private final EventLog events;
    private final WakeSignal wake;
    private final Map<String, PoolRuntime> pools = new ConcurrentHashMap<>();
    private volatile long refreshedAt;

    /** @param wake is sent when a request made the registry read the declarations again */
    PoolRegistry(LeaseStore store, SlotHost host, PoolClock clock, EventLog events, WakeSignal wake) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.events = events;
        this.wake = wake;
    }

    /**
     * Read the declared pools from the host.
     *
     * @throws SlotException when the host does not respond
     */
    synchronized void refresh() {
        refreshedAt = clock.millis();
        var templates = host.templates();
        declare(templates);
        host.retainStates(templates.stream().map(PoolTemplate::name).collect(Collectors.toSet()));
    }

    private void declare(List<PoolTemplate> templates) {
        Map<String, PoolTemplate> declared = new HashMap<>();
        templates.forEach(template -> declared.put(template.name(), template));
        declared.keySet().forEach(name -> pools.computeIfAbsent(name, PoolRuntime::new));
        store.slots().forEach(record -> of(record.slot()));
        pools.forEach((name, pool) -> {
            var template = Optional.ofNullable(declared.get(name));
            if (!pool.template().map(PoolTemplate::digest).equals(template.map(PoolTemplate::digest))) {
                events.add(template.isPresent() ? "pool.declared" : "pool.removed", "pool", name);
            }
            pool.declare(template);
        });
    }

    /** Return when the declared pools were last read, in milliseconds since the machine started. */
    long refreshedAt() {
        return refreshedAt;
    }

    /** Return all pools, including those that are no longer declared. */
    List<PoolRuntime> all() {
        return List.copyOf(pools.values());
    }

    /** Return the pool of a slot, declared or not. */
    PoolRuntime of(PoolSlot slot) {
        return pools.computeIfAbsent(slot.pool(), PoolRuntime::new);
    }

    Optional<PoolRuntime> find(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    /**
     * Return a pool by name, reading the declarations again when it is unknown.
     *
     * @throws LeaseRejectedException when there is no such pool
     */
    PoolRuntime require(String name) {
        if (find(name).isEmpty()) {
            refreshForRequest();
        }
        return find(name).orElseThrow(() -> unknown(name));
    }

    /**
     * Return the template of a pool, reading the declarations again when it has none.
     *
     * @throws LeaseRejectedException when the pool is not declared
     */
    PoolTemplate requireTemplate(PoolRuntime pool) {
        if (pool.template().isEmpty()) {
            refreshForRequest();
        }
        return pool.template().orElseThrow(() -> unknown(pool.name()));
    }

    private void refreshForRequest() {
        try {
            refresh();
            wake.send();
        } catch (SlotException failure) {
            throw new LeaseRejectedException(Reason.NOT_FOUND, "The host does not answer: " + failure.reason());
        }
    }

    private LeaseRejectedException unknown(String name) {
        var known = pools.values().stream()
                .filter(pool -> pool.template().isPresent())
                .map(PoolRuntime::name)
                .sorted()
                .toList();
        return new LeaseRejectedException(
                Reason.NOT_FOUND,
                "There is no pool \"%s\". %s"
                        .formatted(
                                name,
                                known.isEmpty()
                                        ? "None is declared on this host: apply a playbook with pools."
                                        : "There are: " + String.join(", ", known) + "."));
    }
}
