package dev.paddock.api.diagnostic;

/** How severe a diagnostic is. */
public enum Severity {
    /** Prevents every write. */
    ERROR,
    /** Does not stop the command. */
    WARNING
}
