package dev.paddock.keeper.http;

/** A request that makes no sense; the message says why. */
final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
