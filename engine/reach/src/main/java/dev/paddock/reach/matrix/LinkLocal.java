package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;

/** The IPv6 link-local address that an interface assigns to itself (RFC 4291, appendix A). */
public final class LinkLocal {
    private static final long PREFIX = 0xfe80L << 48;
    private static final long UNIVERSAL = 0x0200_0000_0000_0000L;

    private LinkLocal() {}

    public static IpAddress of(MacAddress mac) {
        var upper = mac.bits() >>> 24;
        var lower = mac.bits() & 0xff_ffffL;
        return new IpAddress(true, PREFIX, ((upper << 40) | 0xff_fe00_0000L | lower) ^ UNIVERSAL);
    }
}
