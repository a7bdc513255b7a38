package dev.paddock.pool.http;

/** A request that is malformed; the message says why. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
