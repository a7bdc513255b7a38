package dev.paddock.nwfilter.packet;

/**
 * What the kernel's connection tracking knows of a packet.
 *
 * @param isReply whether it goes against the direction of the connection's first packet
 */
public record Tracking(State state, boolean isReply) {
    public static final Tracking FIRST = new Tracking(State.NEW, false);
    public static final Tracking ANSWER = new Tracking(State.ESTABLISHED, true);
    public static final Tracking LATER = new Tracking(State.ESTABLISHED, false);

    /** In libvirt's words. */
    public enum State {
        NEW,
        ESTABLISHED,
        RELATED,
        /** Not part of any connection. */
        INVALID,
        /** Left alone by connection tracking, as neighbor discovery is. */
        UNTRACKED
    }

    /** Return whether there is a connection, and so a direction in it. */
    public boolean hasConnection() {
        return switch (state) {
            case NEW, ESTABLISHED, RELATED -> true;
            case INVALID, UNTRACKED -> false;
        };
    }
}
