package dev.paddock.host.libvirt.domain;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a host says that its VMs can be. */
public final class Capabilities {
    private final Element document;

    private Capabilities(Element document) {
        this.document = document;
    }

    /** Return the capabilities; without any content if the host's answer is no XML. */
    public static Capabilities of(ReadConnection connection) {
        var text = ReadCalls.virConnectGetCapabilities(connection.pointer());
        if (text == null) {
            throw connection.failure();
        }
        try {
            return new Capabilities(XmlReader.read(text.getString(0, "UTF-8")));
        } catch (XmlException malformed) {
            return new Capabilities(Element.of("capabilities"));
        } finally {
            Native.free(Pointer.nativeValue(text));
        }
    }

    private Stream<Element> architectures() {
        return document.children("guest").stream().flatMap(guest -> guest.children("arch").stream());
    }

    boolean offersKvm() {
        return architectures()
                .filter(arch -> arch.attribute("name").filter("x86_64"::equals).isPresent())
                .flatMap(arch -> arch.children("domain").stream())
                .anyMatch(
                        domain -> domain.attribute("type").filter("kvm"::equals).isPresent());
    }

    /** Return the programs that libvirt chooses from, by architecture: one of each, or one of each type of VM. */
    public Map<String, Set<String>> emulators() {
        Map<String, Set<String>> emulators = new TreeMap<>();
        architectures().forEach(arch -> Stream.concat(Stream.of(arch), arch.children("domain").stream())
                .flatMap(part -> part.childText("emulator").stream())
                .forEach(path -> emulators
                        .computeIfAbsent(arch.attribute("name").orElse(""), name -> new TreeSet<>())
                        .add(path)));
        return emulators;
    }
}
