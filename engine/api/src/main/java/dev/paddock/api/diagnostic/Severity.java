package dev.paddock.api.diagnostic;

/** How much a diagnostic stands in the way. */
public enum Severity {
    /** Nothing is written while one of these stands. */
    ERROR,
    /** The command goes on. */
    WARNING
}
