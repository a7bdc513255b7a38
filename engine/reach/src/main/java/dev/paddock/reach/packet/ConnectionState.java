package dev.paddock.reach.packet;

/**
 * What the kernel's connection tracking knows of a packet.
 *
 * @param isReply whether it goes against the direction of the connection's first packet
 */
public record ConnectionState(State state, boolean isReply) {
    public static final ConnectionState FIRST = new ConnectionState(State.NEW, false);
    public static final ConnectionState ANSWER = new ConnectionState(State.ESTABLISHED, true);
    public static final ConnectionState LATER = new ConnectionState(State.ESTABLISHED, false);

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
