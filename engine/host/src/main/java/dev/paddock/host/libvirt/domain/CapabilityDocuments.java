package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What libvirt says that a host can run, asked once for each question. Drivers without an answer have none. */
public final class CapabilityDocuments {
    private final Map<List<String>, Optional<Element>> known = new HashMap<>();

    public synchronized Optional<Element> ofHost(ReadConnection connection) {
        return known.computeIfAbsent(
                List.of(), question -> read(ReadCalls.virConnectGetCapabilities(connection.pointer())));
    }

    /** Return the capabilities of the host's own emulator for VMs of this kind. */
    public synchronized Optional<Element> ofDomain(
            ReadConnection connection, String type, String architecture, String machine) {
        return known.computeIfAbsent(
                List.of(type, architecture, machine),
                question -> read(ReadCalls.virConnectGetDomainCapabilities(
                        connection.pointer(), null, architecture, machine, type, 0)));
    }

    private static Optional<Element> read(@Nullable Pointer text) {
        if (text == null) {
            ReadCalls.virResetLastError();
            return Optional.empty();
        }
        try {
            return Optional.of(XmlReader.read(ClientLibrary.take(text)));
        } catch (XmlException malformed) {
            return Optional.empty();
        }
    }
}
