package dev.paddock.host.packets;

/** Where packets are sent from, and where they can arrive. */
public enum CapturePoint {
    /** Behind the port with the filter. */
    GUEST,
    /** Behind another port of the same bridge. */
    NEIGHBOR,
    /** The host itself; what arrives here has passed its INPUT chain. */
    HOST,
    /** Behind another interface of the host, the one of its default route. */
    BEYOND
}
