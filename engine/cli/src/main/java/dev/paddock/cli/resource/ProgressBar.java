package dev.paddock.cli.resource;

import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.Console.Terminal;
import java.util.HashSet;
import java.util.Set;

/** Shows progress on the last line of a terminal. Without a terminal, prints one line for each task that begins. */
public final class ProgressBar {
    private static final int WIDTH = 24;
    private static final long INTERVAL = 100_000_000;
    private static final long MIB = 1 << 20;

    /** Returns to the start of the line and clears it. */
    private static final String CLEAR = "\r\033[K";

    private final Console console;
    private final boolean silent;
    private final boolean isTerminal;
    private final Set<String> told = new HashSet<>();
    private String last = "";
    private boolean isShown;
    private long at = System.nanoTime() - INTERVAL;

    /**
     * Create a progress bar.
     *
     * @param silent whether to show nothing, as a program reads the output
     */
    public ProgressBar(Console console, boolean silent) {
        this.console = console;
        this.silent = silent;
        this.isTerminal = console.isTerminal(Terminal.MESSAGES);
    }

    /** Show the progress of a task. */
    public void show(String subject, String what, long done, long of) {
        var beginning = subject + ": " + what;
        if (silent) {
            return;
        }
        if (!isTerminal) {
            if (told.add(beginning)) {
                console.tell(beginning + "...");
            }
        } else if (!beginning.equals(last) || System.nanoTime() - at >= INTERVAL) {
            console.tellPart(CLEAR + beginning + amount(done, of));
            isShown = true;
            at = System.nanoTime();
        }
        last = beginning;
    }

    /** Clear the progress bar before other lines. */
    public void clear() {
        if (isShown) {
            console.tellPart(CLEAR);
            isShown = false;
        }
        last = "";
    }

    static String amount(long done, long of) {
        if (of <= 0) {
            return done <= 0 ? "..." : " " + done / MIB + " MiB";
        }
        var filled = (int) (Math.min(done, of) * WIDTH / of);
        return " [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done / MIB + " of "
                + Math.ceilDiv(of, MIB) + " MiB";
    }
}
