package dev.paddock.reach.policy;

import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.matrix.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cell whose verdict has changed.
 *
 * @param guest the interface: {@code vm/dev}, {@code web-only@web}
 * @param cell {@code to internet tcp/443}, {@code from host tcp/22}, {@code a forged MAC address}; for a filter that
 *     libvirt cannot carry out, {@code the filter}
 * @param before {@code yes}, {@code half} or {@code no}; for a filter {@code carried out} or {@code refused}
 * @param cause the present cause, in words
 */
public record ReachChange(String guest, String cell, String before, String after, String cause) {
    private static final String FILTER = "the filter";
    private static final String TAKEN = "carried out";
    private static final String REFUSED = "refused";

    /**
     * Return the cells in which two topologies differ, for all interfaces that both have: the effect of a change of
     * filters, networks or interfaces. Besides the questions of every matrix, it covers the ports and addresses that
     * rules name before or after the change.
     */
    public static List<ReachChange> between(NetworkTopology before, NetworkTopology after) {
        var earlier = new Endpoints(before);
        var later = new Endpoints(after);
        List<ReachChange> changes = new ArrayList<>();
        for (var standpoint : earlier.all()) {
            later.named(standpoint.name(), Map.of()).ifPresent(now -> changes.addAll(between(standpoint, now)));
        }
        return changes;
    }

    /** Return the cells in which two topologies differ for one interface. */
    public static List<ReachChange> between(NetworkTopology before, NetworkTopology after, String standpoint) {
        var then = new Endpoints(before).named(standpoint, Map.of());
        var now = new Endpoints(after).named(standpoint, Map.of());
        return then.isPresent() && now.isPresent() ? between(then.get(), now.get()) : List.of();
    }

    private static List<ReachChange> between(Endpoint before, Endpoint after) {
        var then = before.setting().settled();
        var now = after.setting().settled();
        if (!(then instanceof FirewallBuild.Ready earlier)) {
            return now instanceof FirewallBuild.Ready
                    ? List.of(new ReachChange(before.name(), FILTER, REFUSED, TAKEN, "libvirt carries it out"))
                    : List.of();
        }
        if (!(now instanceof FirewallBuild.Ready later)) {
            var why = now instanceof FirewallBuild.Refused refused ? refused.reason() : "";
            return List.of(new ReachChange(before.name(), FILTER, TAKEN, REFUSED, why));
        }
        Set<Traffic> traffic = new LinkedHashSet<>(before.setting().traffic());
        traffic.addAll(after.setting().traffic());
        Set<Peer> named = new LinkedHashSet<>(before.setting().named());
        named.addAll(after.setting().named());
        var was = MatrixCells.of(matrix(before, earlier, traffic, named));
        List<ReachChange> changes = new ArrayList<>();
        MatrixCells.of(matrix(after, later, traffic, named)).forEach((cell, told) -> {
            var known = was.get(cell);
            if (known != null && !known.word().equals(told.word())) {
                changes.add(new ReachChange(
                        before.name(),
                        cell,
                        known.word(),
                        told.word(),
                        told.cause().toString()));
            }
        });
        return changes;
    }

    private static ReachMatrix matrix(
            Endpoint standpoint, FirewallBuild.Ready ready, Set<Traffic> traffic, Set<Peer> named) {
        return ReachMatrix.of(standpoint.setting().scene(ready.firewall()), List.copyOf(traffic), List.copyOf(named));
    }
}
