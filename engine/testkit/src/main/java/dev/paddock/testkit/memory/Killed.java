package dev.paddock.testkit.memory;

/** The end of the program, as far as a test can bring it about. No code but the test's own is to catch it. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("The program was killed.");
    }
}
