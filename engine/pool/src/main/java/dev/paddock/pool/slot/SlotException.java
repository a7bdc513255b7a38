package dev.paddock.pool.slot;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;

/** Something could not be done with a guest. The message says what, and why. */
public final class SlotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SlotException(String message) {
        super(message);
    }

    public SlotException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Return whether the host went away meanwhile, as when libvirtd is started anew. */
    public boolean isOfLostHost() {
        return getCause() instanceof HostException host
                && (host.failure() == Failure.LOST || host.failure() == Failure.UNREACHABLE);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
