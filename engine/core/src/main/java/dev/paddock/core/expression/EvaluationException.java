package dev.paddock.core.expression;

import java.util.List;

/** Thrown when an expression or a template has no value. Carries no stack trace and no Freemarker types. */
public final class EvaluationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    public enum Why {
        /** A variable, or a key of a variable, does not exist. */
        UNDEFINED,
        /** It cannot be parsed or evaluated. */
        BAD,
        /** It uses what expressions must not use: classes, files. */
        UNSAFE,
        /** It depends on a value that failed, which has been reported. */
        REPORTED
    }

    private final Why why;
    private final int line;
    private final int column;
    private final List<String> path;

    private EvaluationException(Why why, int line, int column, String reason, List<String> path) {
        super(reason, null, false, false);
        this.why = why;
        this.line = line;
        this.column = column;
        this.path = List.copyOf(path);
    }

    /** Return the failure of an undefined value; the path is the variable and the keys below, as far as known. */
    static EvaluationException undefined(int line, int column, String expression, List<String> path) {
        return new EvaluationException(Why.UNDEFINED, line, column, expression, path);
    }

    static EvaluationException bad(int line, int column, String reason) {
        return new EvaluationException(Why.BAD, line, column, reason, List.of());
    }

    static EvaluationException unsafe(int line, int column, String reason) {
        return new EvaluationException(Why.UNSAFE, line, column, reason, List.of());
    }

    static EvaluationException reported() {
        return new EvaluationException(Why.REPORTED, 0, 0, "reported already", List.of());
    }

    /** Return the failure with its column in the first line moved to the left. */
    EvaluationException movedLeft(int columns) {
        return new EvaluationException(why, line, line == 1 ? Math.max(1, column - columns) : column, reason(), path);
    }

    public Why why() {
        return why;
    }

    /** Return the line in the source, from 1; 0 if unknown. */
    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** Return the reason as a sentence; for {@link Why#UNDEFINED}, the expression that has no value. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Return the variable and the keys below it; empty if the expression is no such path. */
    List<String> path() {
        return path;
    }
}
