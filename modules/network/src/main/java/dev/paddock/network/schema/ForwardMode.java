package dev.paddock.network.schema;

import dev.paddock.api.xml.Element;
import java.util.Set;

/** The forward mode of a network. libvirt decides by it what else the document may contain. */
public record ForwardMode(String name) {
    private static final Set<String> OWN_BRIDGE = Set.of("none", "nat", "route", "open");

    public static ForwardMode of(Element network) {
        return new ForwardMode(network.child("forward")
                .map(forward -> forward.attribute("mode").orElse("nat"))
                .orElse("none"));
    }

    /** Return whether libvirt creates the bridge, with a name, a MAC address and settings. */
    public boolean hasOwnBridge() {
        return OWN_BRIDGE.contains(name);
    }

    /** Return whether traffic leaves by at most one device, instead of by a pool of devices. */
    public boolean hasOneDevice() {
        return OWN_BRIDGE.contains(name);
    }
}
