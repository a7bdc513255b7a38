package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.DomainWriteCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.network.NetworkUpdater;
import dev.paddock.host.process.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Attaches devices to running VMs, and detaches them. */
final class LiveDevices {
    /** virDomainModificationImpact: VIR_DOMAIN_AFFECT_LIVE. */
    private static final int LIVE = 1;

    private static final Duration GLANCE = Duration.ofMillis(100);

    /** A busy guest takes a while; one without an operating system never releases a device. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What identifies a device among others of its name, as the path of one child and attribute. */
    private static final List<List<String>> KEYS = List.of(
            List.of("alias", "name"), List.of("mac", "address"), List.of("target", "dev"), List.of("target", "name"));

    private LiveDevices() {}

    /** Attach a device, unless it is attached already. */
    static void attach(WriteConnection connection, Pointer guest, String xml) {
        if (DomainWriteCalls.virDomainAttachDeviceFlags(guest, xml, LIVE) < 0) {
            var failure = connection.failure();
            if (failure.failure() == Failure.LOST || !isThere(connection, guest, NetworkUpdater.parsed(xml))) {
                throw failure;
            }
        }
    }

    static void detach(WriteConnection connection, Pointer guest, String xml) {
        var device = NetworkUpdater.parsed(xml);
        if (!isThere(connection, guest, device)) {
            return;
        }
        if (DomainWriteCalls.virDomainDetachDeviceFlags(guest, xml, LIVE) < 0) {
            var failure = connection.failure();
            if (failure.failure() == Failure.LOST || isThere(connection, guest, device)) {
                throw failure;
            }
        }
        // The call returns once the guest is asked; the device is detached once the guest has answered.
        var deadline = Deadline.after(PATIENCE);
        while (isThere(connection, guest, device)) {
            if (!deadline.pause(GLANCE)) {
                throw new HostException(
                        Failure.REFUSED,
                        0,
                        0,
                        "The guest was asked to let go of the " + device.name() + ", and has not within "
                                + PATIENCE.toSeconds() + " seconds. Without it, the VM has to be restarted.");
            }
        }
    }

    private static boolean isThere(WriteConnection connection, Pointer guest, Element device) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, 0);
        if (text == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return false;
            }
            throw connection.failure(error);
        }
        var keys = KEYS.stream().filter(key -> value(device, key).isPresent()).toList();
        return NetworkUpdater.parsed(ClientLibrary.take(text)).children("devices").stream()
                .flatMap(devices -> devices.children(device.name().local()).stream())
                .anyMatch(other -> !keys.isEmpty()
                        && keys.stream().anyMatch(key -> value(device, key).equals(value(other, key))));
    }

    private static Optional<String> value(Element device, List<String> key) {
        return device.child(key.getFirst())
                .flatMap(child -> child.attribute(key.getLast()))
                .map(text -> text.toLowerCase(java.util.Locale.ROOT));
    }
}
