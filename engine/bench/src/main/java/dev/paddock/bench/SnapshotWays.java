package dev.paddock.bench;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Times the two ways to restore a snapshot, and taking one, in one process: what they cost without its start. */
public final class SnapshotWays {
    private static final int ROUNDS = 5;

    private SnapshotWays() {}

    /** The arguments: a libvirt, and guests of it that run and have a snapshot {@code kept}. Prints a line for each. */
    public static void main(String[] arguments) {
        var connector = ServiceLoader.load(HostConnector.class).findFirst().orElseThrow();
        try (var writer = connector.writer(arguments[0])) {
            for (var guest : List.of(arguments).subList(1, arguments.length)) {
                System.out.print(line(writer, guest));
            }
        }
    }

    private static String line(HostWriter writer, String guest) {
        var kept = new ResourceId("snapshot", guest + "/kept");
        var taken = new ResourceId("snapshot", guest + "/ways");
        List<Double> takes = new ArrayList<>();
        List<Double> loads = new ArrayList<>();
        List<Double> reverts = new ArrayList<>();
        for (var round = 0; round < ROUNDS; round++) {
            takes.add(time(() ->
                    writer.perform(new Action.Define(taken, "<domainsnapshot><name>ways</name></domainsnapshot>"))));
            writer.perform(new Action.Undefine(taken));
            loads.add(time(() -> writer.restore(kept, Optional.of(RestoreWay.LOADVM))));
            reverts.add(time(() -> writer.restore(kept, Optional.of(RestoreWay.LIBVIRT))));
        }
        var load = Median.of(loads);
        var revert = Median.of(reverts);
        return String.format(
                Locale.ROOT,
                "%s\tcreate %.0f ms\tloadvm %.0f ms\tlibvirt %.0f ms\tratio %.2f%n",
                guest,
                Median.of(takes),
                load,
                revert,
                load / revert);
    }

    private static double time(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
