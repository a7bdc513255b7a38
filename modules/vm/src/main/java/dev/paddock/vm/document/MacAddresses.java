package dev.paddock.vm.document;

import dev.paddock.api.net.MacAddress;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Assigns MAC addresses to interfaces without one. They are derived from the UUID of the VM and the alias of the
 * interface, or its position if it has no alias. So a recreated VM keeps its addresses, and an attached interface has
 * the same address in both documents.
 */
public final class MacAddresses {
    private MacAddresses() {}

    public static Element on(Element guest) {
        var uuid = guest.childText("uuid").orElse("");
        Set<String> taken = new HashSet<>();
        VmDevices.of(guest, "interface").forEach(device -> VmDevices.attribute(device, "mac", "address")
                .ifPresent(mac -> taken.add(mac.toLowerCase(Locale.ROOT))));
        return guest.withChildren(guest.children().stream()
                .map(child -> child.is("devices") ? on(child, uuid, taken) : child)
                .toList());
    }

    /** Return the address of the interface with this key, unique within the VM. */
    public static String of(String uuid, String key) {
        return MacAddress.derived(uuid + "\n" + key).toString();
    }

    private static Element on(Element devices, String uuid, Set<String> taken) {
        List<Element> children = new ArrayList<>();
        var place = 0;
        for (var device : devices.children()) {
            if (!device.is("interface")) {
                children.add(device);
                continue;
            }
            var key = VmDevices.attribute(device, "alias", "name").orElse(Integer.toString(place++));
            if (VmDevices.attribute(device, "mac", "address").isPresent()) {
                children.add(device);
                continue;
            }
            List<Element> parts = new ArrayList<>();
            parts.add(Element.of("mac").withAttribute("address", free(uuid, key, taken)));
            parts.addAll(device.withoutChildren("mac").children());
            children.add(device.withChildren(parts));
        }
        return devices.withChildren(children);
    }

    private static String free(String uuid, String key, Set<String> taken) {
        for (var attempt = 0; ; attempt++) {
            var mac = MacAddress.derived(uuid + "\n" + key + (attempt == 0 ? "" : "\n" + attempt))
                    .toString();
            if (taken.add(mac)) {
                return mac;
            }
        }
    }
}
