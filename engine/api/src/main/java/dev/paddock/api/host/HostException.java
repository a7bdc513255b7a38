package dev.paddock.api.host;

import java.util.Optional;

/** A host that did not do what was asked, with the reason that it gave. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final int code;
    private final int domain;
    private final String advice;

    /**
     * @param code libvirt's error code (virErrorNumber), 0 when the failure is not libvirt's
     * @param domain libvirt's error domain (virErrorDomain), 0 likewise
     * @param message libvirt's message, for people
     */
    public HostException(Failure failure, int code, int domain, String message) {
        this(failure, code, domain, message, "");
    }

    private HostException(Failure failure, int code, int domain, String message, String advice) {
        super(message);
        this.failure = failure;
        this.code = code;
        this.domain = domain;
        this.advice = advice;
    }

    /** Return this with the way out, in full sentences, where the port knows one that the reason does not tell. */
    public HostException withAdvice(String way) {
        return new HostException(failure, code, domain, reason(), way);
    }

    public Failure failure() {
        return failure;
    }

    public int code() {
        return code;
    }

    public int domain() {
        return domain;
    }

    /** Return the way out, where there is a particular one. */
    public Optional<String> advice() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }

    /** Return the reason, never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** What kind of failure it is. */
    public enum Failure {
        /** No connection could be made. */
        UNREACHABLE,
        /** The host answered, and does not let this user in. */
        DENIED,
        /** There was a connection, and it broke. */
        LOST,
        /** The host answered, and said no. */
        REFUSED,
        /** The host has no driver for it. */
        UNSUPPORTED
    }
}
