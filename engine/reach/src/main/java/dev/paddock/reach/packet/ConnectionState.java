package dev.paddock.reach.packet;

/**
 * The state of a packet in the kernel's connection tracking.
 *
 * @param isReply whether the packet goes against the direction of the connection's first packet
 */
public record ConnectionState(State state, boolean isReply) {
    public static final ConnectionState FIRST = new ConnectionState(State.NEW, false);
    public static final ConnectionState ANSWER = new ConnectionState(State.ESTABLISHED, true);
    public static final ConnectionState LATER = new ConnectionState(State.ESTABLISHED, false);

    /** The names that libvirt uses. */
    public enum State {
        NEW,
        ESTABLISHED,
        RELATED,
        /** Not part of any connection. */
        INVALID,
        /** Excluded from connection tracking, as neighbor discovery is. */
        UNTRACKED
    }

    /** Return whether the packet belongs to a connection, and so has a direction in it. */
    public boolean hasConnection() {
        return switch (state) {
            case NEW, ESTABLISHED, RELATED -> true;
            case INVALID, UNTRACKED -> false;
        };
    }
}
