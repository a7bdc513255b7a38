package dev.paddock.host.packets;

/** A failure to send or capture packets. */
public final class PacketException extends Exception {
    private static final long serialVersionUID = 1L;

    PacketException(String reason, Throwable cause) {
        super(reason, cause);
    }

    PacketException(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
