package dev.paddock.cli.reach;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.LabStart;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabEndpoint;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.packets.PacketException;
import dev.paddock.reach.matrix.PeerNetwork;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.policy.BackendNames;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.probe.PacketTest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tests matrices with packets, in a temporary lab of its own. */
public final class PacketTestLab {
    private final HostConnector hosts;
    private final NetworkTopology landscape;

    public PacketTestLab(HostConnector hosts, NetworkTopology landscape) {
        this.hosts = hosts;
        this.landscape = landscape;
    }

    /** Test the matrices that can be tested; those on bridges of the host cannot. */
    public Map<Endpoint, PacketTest.Result> of(Invocation invocation, Map<Endpoint, ReachMatrix> matrices)
            throws CommandException {
        var name = new LabName("proof-" + ProcessHandle.current().pid());
        var lab = Lab.named(name)
                .filteringBy(BackendNames.word(landscape.backend().kind()));
        var endpoint = LabStart.start(lab, invocation.globals().yes(), invocation.console());
        try {
            if (!(lab.status() instanceof LabStatus.Running running)) {
                throw CommandException.failure(
                        Diagnostic.error(Code.LAB_FAILED, "The lab for the proof ended.", "Try again."));
            }
            var proof = new PacketTest(hosts, endpoint, running.init(), landscape);
            requireBackend(endpoint);
            proof.prepare();
            Map<Endpoint, PacketTest.Result> results = new LinkedHashMap<>();
            for (var entry : matrices.entrySet()) {
                if (entry.getKey().setting().network().mode() != PeerNetwork.Mode.BRIDGE) {
                    results.put(entry.getKey(), proof.of(entry.getKey(), entry.getValue()));
                }
            }
            return results;
        } catch (PacketException failure) {
            throw CommandException.failure(Diagnostic.error(
                    Code.LAB_FAILED, failure.reason(), "paddock doctor tells what this machine lacks."));
        } catch (HostException failure) {
            throw CommandException.of(failure);
        } finally {
            stop(lab, invocation);
        }
    }

    /** An older libvirt uses its only backend, whatever the configuration. */
    private void requireBackend(LabEndpoint endpoint) throws CommandException {
        try (var reader = hosts.reader(endpoint.uri())) {
            var there = reader.filterBackend();
            if (there.kind() != landscape.backend().kind()) {
                throw CommandException.failure(Diagnostic.error(
                        Code.LAB_FAILED,
                        "A lab on this machine has filters carried out by " + BackendNames.word(there.kind()) + ", "
                                + there.reason() + ", and not by "
                                + BackendNames.word(landscape.backend().kind()) + ".",
                        "Prove it on a machine with libvirt 12.8 or newer."));
            }
        }
    }

    private static void stop(Lab lab, Invocation invocation) {
        try {
            lab.stop();
        } catch (LabException stays) {
            invocation.console().tell(stays.diagnostic());
        }
    }
}
