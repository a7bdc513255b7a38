package dev.paddock.api.host;

/**
 * What implements libvirt's filters on a host, as far as it can be detected. libvirt does not report it.
 *
 * @param isKnown whether it was detected on the host, as opposed to assumed
 * @param reason how it was detected, or why it was assumed: half a sentence that follows the kind
 * @param takesContinue whether the host's iptables accepts the target CONTINUE
 * @param tracksBridges whether the host's kernel tracks connections that cross a bridge
 */
public record FilterBackend(Kind kind, boolean isKnown, String reason, boolean takesContinue, boolean tracksBridges) {
    /** The programs that libvirt calls. */
    public enum Kind {
        IPTABLES,
        NFTABLES
    }

    /** Return the backend that every version of libvirt supports, for hosts where nothing can be detected. */
    public static FilterBackend assumed(String reason) {
        return new FilterBackend(Kind.IPTABLES, false, reason, false, true);
    }
}
