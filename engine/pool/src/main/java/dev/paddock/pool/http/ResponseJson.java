package dev.paddock.pool.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.pool.event.Event;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.service.AcquireResult;
import dev.paddock.pool.service.ForkResult;
import dev.paddock.pool.service.PoolStatus;
import dev.paddock.pool.slot.KeptState;
import dev.paddock.pool.slot.LeaseResults;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Formats pools, leases and events as JSON. */
final class ResponseJson {
    private static final double THOUSAND = 1_000;

    private final PoolClock clock;

    ResponseJson(PoolClock clock) {
        this.clock = clock;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    ObjectNode lease(Lease lease) {
        var tree = object();
        tree.put("id", lease.id());
        tree.put("pool", lease.slot().pool());
        tree.put("guest", lease.slot().name());
        tree.put("owner", lease.owner());
        if (!lease.requestId().isEmpty()) {
            tree.put("requestId", lease.requestId());
        }
        if (!lease.parent().isEmpty()) {
            tree.put("forkedFrom", lease.parent());
        }
        tree.put("state", lease.endReason().map(LeaseEndReason::word).orElse("leased"));
        tree.put("acquiredAt", time(lease.since()));
        tree.put("expiresAt", time(lease.until()));
        tree.put("latestExpiry", time(lease.limit()));
        return tree;
    }

    /** Convert milliseconds since the machine started to the time of day, as it is set now. */
    private String time(long millis) {
        return clock.now()
                .plusMillis(millis - clock.millis())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    JsonNode acquired(AcquireResult result, Optional<String> address, long nanos) {
        var tree = lease(result.lease());
        address.ifPresent(text -> tree.put("address", text));
        tree.put("warm", result.warm());
        tree.put("milliseconds", millis(nanos));
        var steps = tree.putObject("steps");
        result.steps().forEach((name, time) -> steps.put(name, millis(time)));
        return tree;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / THOUSAND) / THOUSAND;
    }

    ObjectNode forked(ForkResult result) {
        var tree = object();
        tree.put("pausedMilliseconds", millis(result.pausedNanos()));
        tree.set("leases", leases(result.leases()));
        return tree;
    }

    ArrayNode states(List<KeptState> states) {
        var tree = array();
        states.forEach(state -> tree.addObject()
                .put("name", state.name())
                .put("owner", state.owner())
                .put("lease", state.lease()));
        return tree;
    }

    ArrayNode leases(List<Lease> leases) {
        var tree = array();
        leases.forEach(lease -> tree.add(lease(lease)));
        return tree;
    }

    ObjectNode pool(String name, PoolStatus status) {
        var spec = status.spec();
        var tree = object();
        tree.put("name", name);
        tree.put("warm", spec.warm());
        tree.put("max", spec.max());
        tree.put("ready", status.ready());
        tree.put("leased", status.leased());
        tree.put("making", status.making());
        tree.put("dirty", status.dirty());
        tree.put("outdated", status.outdated());
        tree.put("waiting", status.waiting());
        tree.put("drained", status.drained());
        tree.put("leaseSeconds", spec.lease().toSeconds());
        tree.put("longestSeconds", spec.longest().toSeconds());
        tree.put("reset", spec.reset().word());
        tree.put("onEmpty", spec.onEmpty().word());
        status.boots().ifPresent(why -> tree.put("boots", why));
        var guests = tree.putArray("guests");
        status.slots().forEach(record -> guests.addObject()
                .put("name", record.slot().name())
                .put("state", record.state().word())
                .put(
                        "cleanSince",
                        Duration.ofMillis(clock.millis() - record.made()).toSeconds()));
        return tree;
    }

    ArrayNode pools(Map<String, PoolStatus> pools) {
        var tree = array();
        pools.forEach((name, status) -> tree.add(pool(name, status)));
        return tree;
    }

    ObjectNode results(LeaseResults results) {
        var tree = object();
        tree.put("state", "released");
        results.folder().ifPresent(folder -> tree.put("results", folder));
        if (!results.leftOut().isEmpty()) {
            var leftOut = tree.putArray("leftOut");
            results.leftOut().forEach(leftOut::add);
        }
        return tree;
    }

    ArrayNode events(List<Event> events) {
        var tree = array();
        events.forEach(event -> tree.add(event(event)));
        return tree;
    }

    /** Return an event as it is logged and sent to clients. */
    static ObjectNode event(Event event) {
        var tree = object();
        tree.put("number", event.number());
        tree.put("time", event.time().truncatedTo(ChronoUnit.MILLIS).toString());
        tree.put("event", event.type());
        event.details().forEach((name, value) -> {
            switch (value) {
                case Long number -> tree.put(name, number);
                case Integer number -> tree.put(name, number);
                case Boolean truth -> tree.put(name, truth);
                default -> tree.put(name, String.valueOf(value));
            }
        });
        return tree;
    }
}
