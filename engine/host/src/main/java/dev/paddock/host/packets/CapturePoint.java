package dev.paddock.host.packets;

/** Where packets are sent, and where they may come out. */
public enum CapturePoint {
    /** Behind the port that the filter is on. */
    GUEST,
    /** Behind another port of the same bridge. */
    NEIGHBOR,
    /** The host itself; what comes out here has passed its INPUT. */
    HOST,
    /** Behind another interface of the host, to which its default route leads. */
    BEYOND
}
