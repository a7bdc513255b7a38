package dev.paddock.host.libvirt.domain;

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
        return Capabilities.of(connection).offersKvm()
                && (!isHere(connection.uri()) || KvmFacts.read().runsGuests());
    }

    private static boolean isHere(String uri) {
        try {
            return new URI(uri).getHost() == null;
        } catch (URISyntaxException odd) {
            return false;
        }
    }
}
