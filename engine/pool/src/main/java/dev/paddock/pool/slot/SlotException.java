package dev.paddock.pool.slot;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;

/** An operation on a guest or its host failed. The message says what, and why. */
public final class SlotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SlotException(String message) {
        super(message);
    }

    public SlotException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Return whether the connection to the host was lost, as when libvirtd restarts. */
    public boolean isOfLostHost() {
        return getCause() instanceof HostException host
                && (host.failure() == Failure.LOST || host.failure() == Failure.UNREACHABLE);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
