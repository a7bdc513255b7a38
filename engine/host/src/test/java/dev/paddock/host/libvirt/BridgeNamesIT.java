package dev.paddock.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.network.NetworkDefiner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that are defined at the same time, on a real libvirtd, which chooses their bridges. */
@SuppressWarnings("NullAway.Init") // The lab is started before all tests.
class BridgeNamesIT {
    private static final int AT_ONCE = 4;
    private static final int ROUNDS = 40;

    @TempDir
    private static Path folder;

    private static Lab lab;
    private static String uri = "";

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.named(new LabName("bridges"), folder);
        uri = lab.start().uri();
    }

    @AfterAll
    static void close() throws Exception {
        lab.stop();
    }

    @AfterEach
    void clear() {
        try (var reader = new LibvirtConnector().reader(uri);
                var writer = new LibvirtConnector().writer(uri)) {
            reader.read("network", Optional.empty())
                    .keySet()
                    .forEach(name -> writer.perform(new Action.Undefine(new ResourceId("network", name))));
        }
    }

    @Test
    void networksOfOneProgramHaveBridgesOfTheirOwn() throws Exception {
        try (var writer = new LibvirtConnector().writer(uri)) {
            List<Callable<?>> members = new ArrayList<>();
            var start = new CyclicBarrier(AT_ONCE);
            for (var i = 0; i < AT_ONCE; i++) {
                var member = i;
                members.add(() -> {
                    for (var round = 0; round < ROUNDS; round++) {
                        start.await(1, TimeUnit.MINUTES);
                        writer.perform(definition(member, round));
                    }
                    return null;
                });
            }
            together(members);
        }
        assertBridgesDiffer();
    }

    /** Each connection defines as if it were a program of its own, which knows nothing of the others. */
    @Test
    void networksOfSeveralProgramsHaveBridgesOfTheirOwn() throws Exception {
        List<Callable<?>> members = new ArrayList<>();
        var start = new CyclicBarrier(AT_ONCE);
        for (var i = 0; i < AT_ONCE; i++) {
            var member = i;
            members.add(() -> {
                var connection = WriteConnection.open(uri);
                for (var round = 0; round < ROUNDS; round++) {
                    start.await(1, TimeUnit.MINUTES);
                    NetworkDefiner.performBesideOthers(connection, definition(member, round));
                }
                return connection.close();
            });
        }
        together(members);
        assertBridgesDiffer();
    }

    private static Action.Define definition(int member, int round) {
        var name = "bridges-" + member + "-" + round;
        return new Action.Define(
                new ResourceId("network", name), "<network><name>" + name + "</name><bridge stp='on'/></network>");
    }

    private static void together(List<Callable<?>> members) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            members.forEach(member -> all.add(threads.submit(member)));
            for (var each : all) {
                each.get();
            }
        }
    }

    private static void assertBridgesDiffer() throws Exception {
        var connection = WriteConnection.open(uri);
        List<String> bridges = new ArrayList<>();
        for (var name : connection.listDefinedNetworks()) {
            bridges.add(connection.networkLookupByName(name).getBridgeName());
        }
        connection.close();
        assertThat(bridges).hasSize(AT_ONCE * ROUNDS).doesNotHaveDuplicates();
    }
}
