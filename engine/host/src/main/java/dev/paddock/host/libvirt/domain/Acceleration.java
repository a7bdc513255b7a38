package dev.paddock.host.libvirt.domain;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.machine.KvmFacts;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Detects whether VMs really run with KVM on a host.
 *
 * <p>libvirt repeats what QEMU reports, and QEMU reports KVM if {@code /dev/kvm} can be opened, even on a CPU without
 * virtualization, where VMs then hang. On this machine, a trial gives a better answer.
 */
public final class Acceleration {
    private Acceleration() {}

    public static boolean isThere(ReadConnection connection) {
        return isOffered(connection)
                && (!isHere(connection.uri()) || KvmFacts.read().runsGuests());
    }

    private static boolean isHere(String uri) {
        try {
            return new URI(uri).getHost() == null;
        } catch (URISyntaxException odd) {
            return false;
        }
    }

    private static boolean isOffered(ReadConnection connection) {
        var text = ReadCalls.virConnectGetCapabilities(connection.pointer());
        if (text == null) {
            throw connection.failure();
        }
        try {
            return offersKvm(XmlReader.read(text.getString(0, "UTF-8")));
        } catch (XmlException malformed) {
            return false;
        } finally {
            Native.free(Pointer.nativeValue(text));
        }
    }

    /** See libvirt's capabilities, guest capabilities. */
    private static boolean offersKvm(Element capabilities) {
        return capabilities.children("guest").stream()
                .flatMap(guest -> guest.children("arch").stream())
                .filter(arch -> arch.attribute("name").filter("x86_64"::equals).isPresent())
                .flatMap(arch -> arch.children("domain").stream())
                .anyMatch(
                        domain -> domain.attribute("type").filter("kvm"::equals).isPresent());
    }
}
