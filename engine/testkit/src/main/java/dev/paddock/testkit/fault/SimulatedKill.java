package dev.paddock.testkit.fault;

/** The end of the program, as far as a test can bring it about. No code but the test's own is to catch it. */
public final class SimulatedKill extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedKill() {
        super("The program was killed.");
    }
}
