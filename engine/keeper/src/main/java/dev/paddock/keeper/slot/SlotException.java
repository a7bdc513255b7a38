package dev.paddock.keeper.slot;

/** Something could not be done with a guest. The message says what, and why. */
public final class SlotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SlotException(String message) {
        super(message);
    }

    public SlotException(String message, Throwable cause) {
        super(message, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
