package dev.paddock.cli.console;

/** The name and the version of this program. */
public final class Version {
    /** The version of the build. A constant, as reading it from the jar would take longer than printing it. */
    public static final String NUMBER = "0.1.0";

    public static final String LINE = "paddock " + NUMBER;

    private Version() {}
}
