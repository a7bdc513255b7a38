package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.vm.document.VmNormalizers;
import java.util.List;
import java.util.Set;

/** The addresses of devices on buses. */
final class BusAddresses {
    private static final Set<String> BUSES = Set.of("pci", "virtio-serial", "usb", "ccid");
    private static final List<String> NUMBERS = List.of("domain", "controller", "bus", "slot", "port", "function");

    private BusAddresses() {}

    /**
     * Return whether a device of a document has this address: libvirt rejects a second one, and chooses another
     * address.
     */
    static boolean isTaken(Element address, Element desired) {
        return BUSES.contains(address.attribute("type").orElse(""))
                && desired.children("devices").stream()
                        .flatMap(devices -> devices.children().stream())
                        .flatMap(device -> device.children("address").stream())
                        .anyMatch(other -> other.attribute("type").equals(address.attribute("type"))
                                && of(other).equals(of(address)));
    }

    private static List<String> of(Element address) {
        return NUMBERS.stream()
                .map(name ->
                        VmNormalizers.C_NUMBER.apply(address.attribute(name).orElse("0")))
                .toList();
    }
}
