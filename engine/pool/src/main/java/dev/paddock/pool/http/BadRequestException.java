package dev.paddock.pool.http;

/** A request that makes no sense; the message says why. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
