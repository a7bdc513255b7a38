package dev.paddock.api.host;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host that did not do what was asked, with the reason that it gave. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final int code;
    private final int domain;
    private final String advice;
    private final @Nullable Code told;

    /**
     * @param code libvirt's error code (virErrorNumber), 0 when the failure is not libvirt's
     * @param domain libvirt's error domain (virErrorDomain), 0 likewise
     * @param message libvirt's message, for people
     */
    public HostException(Failure failure, int code, int domain, String message) {
        this(failure, code, domain, message, "", null);
    }

    private HostException(Failure failure, int code, int domain, String message, String advice, @Nullable Code told) {
        super(message);
        this.failure = failure;
        this.code = code;
        this.domain = domain;
        this.advice = advice;
        this.told = told;
    }

    /** Make the failure of an action before it reached the host, which has a code of its own. */
    public static HostException of(Diagnostic why) {
        return new HostException(Failure.REFUSED, 0, 0, why.detail(), why.fix().orElse(""), why.code());
    }

    /** Return this with the way out, in full sentences, where the port knows one that the reason does not tell. */
    public HostException withAdvice(String way) {
        return new HostException(failure, code, domain, reason(), way, told);
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

    /** Return the code to tell it under, where it is not the host that refused. */
    public Optional<Code> told() {
        return Optional.ofNullable(told);
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
