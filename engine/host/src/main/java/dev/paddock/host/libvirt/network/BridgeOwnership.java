package dev.paddock.host.libvirt.network;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.Program;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.libvirt.Network;

/**
 * The bridge that libvirt creates when a network starts.
 *
 * <p>Newer versions of libvirt delete an existing interface of that name, no matter who created it and what is
 * attached: the cleanup of a failed start does not check. So a network is not started if the name is taken.
 */
final class BridgeOwnership {
    /** The modes in which a network has its own bridge; without a mode, it is isolated. */
    private static final Set<String> MODES = Set.of("", "nat", "route", "open");

    private static final String INTERFACES = "sys/class/net";

    private BridgeOwnership() {}

    /** Refuse to start a network whose bridge has the name of an existing interface. */
    static void requireFree(WriteConnection connection, LibvirtMachine machine, Network network) {
        var taken = of(connection, network).filter(bridge -> has(machine, bridge));
        // If another program has started it meanwhile, the bridge is its own.
        if (taken.isPresent() && connection.call(network::isActive) == 0) {
            throw new HostException(
                            Failure.REFUSED,
                            0,
                            0,
                            "its bridge %s is there already, and is left alone".formatted(taken.get()))
                    .withAdvice(wayOut(taken.get()));
        }
    }

    static String wayOut(String bridge) {
        return """
                The host has an interface %1$s that is no network's. Declare another bridge, or apply again after \
                `ip link delete %1$s` on the host, if nothing uses it: a libvirtd that is killed leaves such bridges.""".formatted(bridge);
    }

    private static Optional<String> of(WriteConnection connection, Network network) {
        try {
            var document = XmlReader.read(connection.call(() -> network.getXMLDesc(0)));
            return document.children("forward").stream()
                            .map(forward -> forward.attribute("mode").orElse("nat"))
                            .allMatch(MODES::contains)
                    ? document.child("bridge").flatMap(bridge -> bridge.attribute("name"))
                    : Optional.empty();
        } catch (XmlException malformed) {
            return Optional.empty();
        }
    }

    /** Return whether the machine is known to have an interface of this name. */
    private static boolean has(LibvirtMachine machine, String name) {
        var root = machine.root();
        if (root.isPresent()) {
            return Files.exists(root.get().resolve(INTERFACES).resolve(name));
        }
        try {
            return machine.command(List.of("test", "-e", "/" + INTERFACES + "/" + name))
                    .map(command -> Program.of(command.toArray(String[]::new)).run())
                    .filter(outcome -> outcome.isSuccess())
                    .isPresent();
        } catch (LabException ended) {
            return false;
        }
    }
}
