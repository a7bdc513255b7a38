package dev.paddock.network.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.rule.Normalizers;

/** MAC addresses that stand for groups, which libvirt refuses where an interface has one. */
final class Multicast {
    private Multicast() {}

    /** Return whether the lowest bit of the first octet is set. */
    static boolean is(String mac) {
        var first = Normalizers.MAC_ADDRESS.apply(mac);
        return first.matches("[0-9a-f]{2}:.*") && (Integer.parseInt(first.substring(0, 2), 16) & 1) == 1;
    }

    static Diagnostic diagnostic(String mac, SourceLocation place) {
        return Diagnostic.error(
                Code.DEVICE_IMPOSSIBLE,
                place,
                "'" + mac + "' is the address of a group of interfaces (multicast), as its first octet is odd; libvirt"
                        + " refuses it for one of them.",
                "Start it with 52:54:00, as is usual for VMs, or leave it out.");
    }
}
