package dev.paddock.network.schema;

import dev.paddock.api.xml.Element;
import java.util.Set;

/** The forward mode of a network, by which libvirt decides what else the document may say. */
public record ForwardMode(String name) {
    private static final Set<String> OWN_BRIDGE = Set.of("none", "nat", "route", "open");

    public static ForwardMode of(Element network) {
        return new ForwardMode(network.child("forward")
                .map(forward -> forward.attribute("mode").orElse("nat"))
                .orElse("none"));
    }

    /** Return whether libvirt makes the bridge itself, with a name, a MAC address and settings. */
    public boolean hasOwnBridge() {
        return OWN_BRIDGE.contains(name);
    }

    /** Return whether traffic leaves by one device at most, rather than by one of a pool. */
    public boolean hasOneDevice() {
        return OWN_BRIDGE.contains(name);
    }
}
