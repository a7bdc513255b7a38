package dev.paddock.api.host;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host that did not do what was asked, with its reason. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final int code;
    private final int domain;
    private final String advice;
    private final @Nullable Code told;
    private final String wayOut;

    /**
     * @param code libvirt's error code (virErrorNumber); 0 if the failure does not come from libvirt
     * @param domain libvirt's error domain (virErrorDomain); 0 likewise
     * @param message libvirt's message
     */
    public HostException(Failure failure, int code, int domain, String message) {
        this(failure, code, domain, message, "", null, "");
    }

    private HostException(
            Failure failure, int code, int domain, String message, String advice, @Nullable Code told, String wayOut) {
        super(message);
        this.failure = failure;
        this.code = code;
        this.domain = domain;
        this.advice = advice;
        this.told = told;
        this.wayOut = wayOut;
    }

    /** Return an exception for an action that failed before it reached the host, with a diagnostic of its own. */
    public static HostException of(Diagnostic why) {
        return new HostException(Failure.REFUSED, 0, 0, why.detail(), why.fix().orElse(""), why.code(), "");
    }

    /** Return this exception with advice in full sentences, for cases where the reason does not contain it. */
    public HostException withAdvice(String way) {
        return new HostException(failure, code, domain, reason(), way, told, wayOut);
    }

    /** Return this exception with what to do about its reason, unless there is advice about what was tried. */
    public HostException withWayOut(String way) {
        return new HostException(failure, code, domain, reason(), advice, told, way);
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

    /** Return the advice, if there is any. */
    public Optional<String> advice() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }

    /** Return the advice, or else what to do about the reason. */
    public Optional<String> wayOut() {
        return advice().or(() -> wayOut.isEmpty() ? Optional.empty() : Optional.of(wayOut));
    }

    /** Return the code to report, if it was not the host that refused. */
    public Optional<Code> told() {
        return Optional.ofNullable(told);
    }

    /** Return the reason, never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The kind of failure. */
    public enum Failure {
        /** No connection could be established. */
        UNREACHABLE,
        /** The host answered but does not admit this user. */
        DENIED,
        /** The connection broke. */
        LOST,
        /** The host answered with an error. */
        REFUSED,
        /** The host has no driver for it. */
        UNSUPPORTED
    }
}
