package dev.paddock.core.expression;

import java.util.List;

/** Why an expression or a template has no value. Carries no stack and no Freemarker types. */
public final class EvaluationFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Why {
        /** A variable, or a key of one, is not there. */
        UNDEFINED,
        /** It cannot be parsed or evaluated. */
        BAD,
        /** It reaches for what expressions must not have: classes, files. */
        UNSAFE,
        /** It stands on a value that failed, which has been told already. */
        TOLD
    }

    private final Why why;
    private final int line;
    private final int column;
    private final List<String> path;

    private EvaluationFailure(Why why, int line, int column, String reason, List<String> path) {
        super(reason, null, false, false);
        this.why = why;
        this.line = line;
        this.column = column;
        this.path = List.copyOf(path);
    }

    /** Return the failure of a variable; the path is its name and the keys below, as far as they are known. */
    static EvaluationFailure undefined(int line, int column, String expression, List<String> path) {
        return new EvaluationFailure(Why.UNDEFINED, line, column, expression, path);
    }

    static EvaluationFailure bad(int line, int column, String reason) {
        return new EvaluationFailure(Why.BAD, line, column, reason, List.of());
    }

    static EvaluationFailure unsafe(int line, int column, String reason) {
        return new EvaluationFailure(Why.UNSAFE, line, column, reason, List.of());
    }

    static EvaluationFailure told() {
        return new EvaluationFailure(Why.TOLD, 0, 0, "told already", List.of());
    }

    /** Return this for a source that starts so many columns earlier in its first line. */
    EvaluationFailure movedLeft(int columns) {
        return new EvaluationFailure(why, line, line == 1 ? Math.max(1, column - columns) : column, reason(), path);
    }

    public Why why() {
        return why;
    }

    /** Return the line in the source, 0 when it is not known. */
    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** Return the reason as a sentence; of something undefined, the expression that has no value. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Return the name of the variable and the keys below it; empty when the expression is no such path. */
    List<String> path() {
        return path;
    }
}
