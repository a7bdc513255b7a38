package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import dev.paddock.api.xml.Element;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bridges of the VMs' taps in the kernel of a host, read once.
 *
 * <p>libvirt's documents only contain what a tap should be on. The kernel's state comes from its files where this
 * program sees them, else from libvirt's interface driver, which not every host has, else by ssh if libvirt is reached
 * by ssh.
 */
public final class TapDevices {
    private static final Path LINKS = Path.of("sys", "class", "net");

    private static final List<String> BY_SHELL = List.of(
            "sh", "-c", "for link in /sys/class/net/*; do echo \"${link##*/} $(readlink \"$link/master\")\"; done");

    private final Pointer connection;
    private final LibvirtMachine machine;
    private final Map<String, Optional<Set<String>>> known = new HashMap<>();
    private Optional<Map<String, String>> bySsh = Optional.empty();

    public TapDevices(Pointer connection, LibvirtMachine machine) {
        this.connection = connection;
        this.machine = machine;
    }

    /** Return the interfaces on a bridge; absent if the host does not report them. */
    Optional<Set<String>> on(String bridge) {
        return known.computeIfAbsent(bridge, this::read);
    }

    private Optional<Set<String>> read(String bridge) {
        return machine.root()
                .flatMap(root -> inFiles(root.resolve(LINKS), bridge))
                .or(() -> byInterfaceDriver(bridge))
                .or(() -> bySsh(bridge));
    }

    /** A missing bridge belongs to another machine or network namespace. */
    private static Optional<Set<String>> inFiles(Path links, String bridge) {
        var ports = links.resolve(bridge).resolve("brif");
        if (!Files.isDirectory(ports)) {
            return Optional.empty();
        }
        try (var each = Files.list(ports)) {
            return Optional.of(each.map(Path::getFileName).map(String::valueOf).collect(Collectors.toSet()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Set<String>> byInterfaceDriver(String bridge) {
        var handle = ReadCalls.virInterfaceLookupByName(connection, bridge);
        if (handle == null) {
            LibvirtError.take();
            return Optional.empty();
        }
        try {
            var text = ReadCalls.virInterfaceGetXMLDesc(handle, 0);
            if (text == null) {
                LibvirtError.take();
                return Optional.empty();
            }
            return NetworkUpdater.parsed(ClientLibrary.take(text))
                    .child("bridge")
                    .map(TapDevices::members);
        } finally {
            ReadCalls.virInterfaceFree(handle);
        }
    }

    private static Set<String> members(Element bridge) {
        Set<String> members = new HashSet<>();
        bridge.children("interface").forEach(member -> member.attribute("name").ifPresent(members::add));
        return members;
    }

    private Optional<Set<String>> bySsh(String bridge) {
        if (!(machine instanceof LibvirtMachine.BySsh)) {
            return Optional.empty();
        }
        if (bySsh.isEmpty()) {
            bySsh = Optional.of(links());
        }
        var masters = bySsh.get();
        return masters.containsKey(bridge)
                ? Optional.of(masters.entrySet().stream()
                        .filter(link -> link.getValue().equals(bridge))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Return the bridge of each link, empty for links without one. */
    private Map<String, String> links() {
        try {
            return machine.command(BY_SHELL)
                    .map(command -> Program.of(command.toArray(String[]::new)).run())
                    .map(TapDevices::masters)
                    .orElse(Map.of());
        } catch (LabException ended) {
            return Map.of();
        }
    }

    static Map<String, String> masters(ProcessResult outcome) {
        if (!(outcome instanceof ProcessResult.Ended ended && ended.succeeded())) {
            return Map.of();
        }
        Map<String, String> masters = new HashMap<>();
        ended.output().lines().forEach(line -> {
            var words = line.split(" ", 2);
            masters.put(words[0], words.length < 2 ? "" : words[1].replaceFirst(".*/", ""));
        });
        return masters;
    }
}
