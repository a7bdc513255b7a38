package dev.paddock.api.host;

/**
 * What of a host carries out libvirt's filters, as far as that can be found out; libvirt itself tells nobody.
 *
 * @param isKnown whether it was seen on the host, and not assumed
 * @param reason how it is known, or why it was assumed: half a sentence that follows the kind
 * @param takesContinue whether iptables there takes the target CONTINUE
 * @param tracksBridges whether the kernel there knows the connections of what crosses a bridge
 */
public record FilterBackend(Kind kind, boolean isKnown, String reason, boolean takesContinue, boolean tracksBridges) {
    /** The programs that libvirt calls. */
    public enum Kind {
        IPTABLES,
        NFTABLES
    }

    /** Return the one that libvirt has always had, where nothing can be found out. */
    public static FilterBackend assumed(String reason) {
        return new FilterBackend(Kind.IPTABLES, false, reason, false, true);
    }
}
