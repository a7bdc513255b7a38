package dev.paddock.host.libvirt.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.xml.Element;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The neighbors of a host, as its kernel knows them.
 *
 * <p>libvirt's own addresses by ARP come from the first fifty or so entries of this table, whatever bridge they are of, and
 * leave out those that are being confirmed.
 */
final class NeighborTable {
    private static final List<String> COMMAND = List.of("ip", "-j", "neigh", "show");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In these states, the kernel has no address, or is not sure that the neighbor was ever there. */
    private static final Set<String> UNKNOWN = Set.of("INCOMPLETE", "FAILED", "NOARP", "NONE");

    private record Neighbor(String device, String mac, String address) {}

    private final List<Neighbor> neighbors;

    private NeighborTable(List<Neighbor> neighbors) {
        this.neighbors = List.copyOf(neighbors);
    }

    /** Ask the machine; empty if no program can be run there, or it has none for this. */
    static Optional<NeighborTable> of(LibvirtMachine machine) {
        try {
            return machine.command(COMMAND)
                    .flatMap(command -> of(Program.of(command.toArray(String[]::new))
                            .withLimit(PATIENCE)
                            .run()));
        } catch (LabException ended) {
            return Optional.empty();
        }
    }

    static Optional<NeighborTable> of(ProcessResult outcome) {
        return outcome instanceof ProcessResult.Ended ended && ended.succeeded()
                ? parse(ended.output())
                : Optional.empty();
    }

    static Optional<NeighborTable> parse(String json) {
        try {
            var root = JSON.readTree(json);
            if (!root.isArray()) {
                return Optional.empty();
            }
            List<Neighbor> neighbors = new ArrayList<>();
            for (var each : root) {
                var neighbor = new Neighbor(text(each, "dev"), text(each, "lladdr"), text(each, "dst"));
                if (isKnown(each)
                        && !neighbor.mac().isEmpty()
                        && !neighbor.address().isEmpty()) {
                    neighbors.add(neighbor);
                }
            }
            return Optional.of(new NeighborTable(neighbors));
        } catch (JsonProcessingException other) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode neighbor, String name) {
        return neighbor.path(name).asText("");
    }

    private static boolean isKnown(JsonNode neighbor) {
        for (var state : neighbor.path("state")) {
            if (UNKNOWN.contains(state.asText())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Return the addresses of a VM: of each of its interfaces, what the bridge that it is plugged into knows.
     *
     * @param live the document of the running VM, which names the bridges
     */
    List<GuestAddress> addresses(Element live) {
        List<GuestAddress> found = new ArrayList<>();
        for (var devices : live.children("devices")) {
            for (var nic : devices.children("interface")) {
                var mac = attribute(nic, "mac", "address");
                var bridge = attribute(nic, "source", "bridge");
                for (var neighbor : neighbors) {
                    if (neighbor.mac().equalsIgnoreCase(mac)
                            && neighbor.device().equals(bridge)) {
                        found.add(new GuestAddress(
                                attribute(nic, "target", "dev"),
                                mac,
                                neighbor.address(),
                                0,
                                GuestAddress.Source.NEIGHBOR));
                    }
                }
            }
        }
        return found;
    }

    private static String attribute(Element nic, String child, String name) {
        return nic.child(child).flatMap(found -> found.attribute(name)).orElse("");
    }
}
