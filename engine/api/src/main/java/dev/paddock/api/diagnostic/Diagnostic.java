package dev.paddock.api.diagnostic;

import java.util.Optional;

/**
 * An error or a warning: what is wrong, where, why it matters, and how to fix it.
 *
 * @param place where in the user's files; absent if it has no position in them, as for a host or an option
 * @param detail what is wrong and why it matters, in full sentences, without secrets
 * @param fix how to fix it
 */
public record Diagnostic(
        Code code, Severity severity, Optional<SourceLocation> place, String detail, Optional<String> fix) {

    public static Diagnostic error(Code code, SourceLocation place, String detail, String fix) {
        return new Diagnostic(code, Severity.ERROR, Optional.of(place), detail, Optional.of(fix));
    }

    public static Diagnostic error(Code code, String detail, String fix) {
        return new Diagnostic(code, Severity.ERROR, Optional.empty(), detail, Optional.of(fix));
    }

    public static Diagnostic warning(Code code, SourceLocation place, String detail, String fix) {
        return new Diagnostic(code, Severity.WARNING, Optional.of(place), detail, Optional.of(fix));
    }

    public static Diagnostic warning(Code code, String detail, String fix) {
        return new Diagnostic(code, Severity.WARNING, Optional.empty(), detail, Optional.of(fix));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
