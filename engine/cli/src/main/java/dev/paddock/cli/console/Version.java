package dev.paddock.cli.console;

/** What this program is called and how new it is. */
public final class Version {
    /** The version of the build; a constant, as reading it from the jar would cost more than printing it. */
    public static final String NUMBER = "0.1.0";

    public static final String LINE = "paddock " + NUMBER;

    private Version() {}
}
