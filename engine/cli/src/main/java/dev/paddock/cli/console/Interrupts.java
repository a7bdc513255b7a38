package dev.paddock.cli.console;

import java.util.EnumMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Handles Ctrl-C while a command works. */
public final class Interrupts {
    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;

    private Interrupts() {}

    /** Work that may be interrupted. */
    @FunctionalInterface
    public interface Work {
        int run() throws CommandException;
    }

    /** Implements {@link Invocation#interruptible}. */
    static int draining(Console console, Runnable drain, Work work) throws CommandException {
        var asked = new AtomicBoolean();
        return handling(
                signal -> {
                    if (asked.compareAndSet(false, true)) {
                        console.tell("Interrupted: finishing what has begun. Press Ctrl-C again to stop at once.");
                        drain.run();
                    } else {
                        Runtime.getRuntime().halt(SIGNAL_BASE + signal.number());
                    }
                },
                work,
                Signals.Signal.INTERRUPT,
                Signals.Signal.TERMINATE);
    }

    /** Implements {@link Invocation#forwarding}. */
    static int forwarding(IntConsumer program, Work work) throws CommandException {
        var count = new AtomicInteger();
        return handling(
                signal -> {
                    switch (count.incrementAndGet()) {
                        case 1 -> program.accept(signal.number());
                        case 2 -> program.accept(SIGKILL);
                        default -> Runtime.getRuntime().halt(SIGNAL_BASE + signal.number());
                    }
                },
                work,
                Signals.Signal.INTERRUPT,
                Signals.Signal.TERMINATE);
    }

    /** Implements {@link Invocation#resizing}. */
    static int resizing(Runnable change, Work work) throws CommandException {
        return handling(signal -> change.run(), work, Signals.Signal.RESIZED);
    }

    /** Leave Ctrl-C to the program that runs meanwhile: the terminal sends it to both. */
    public static int ignoring(Work work) throws CommandException {
        return handling(signal -> {}, work, Signals.Signal.INTERRUPT);
    }

    private static int handling(Signals.Handler handler, Work work, Signals.Signal... signals) throws CommandException {
        var former = new EnumMap<Signals.Signal, Optional<Object>>(Signals.Signal.class);
        for (var signal : signals) {
            former.put(signal, Signals.handle(signal, handler));
        }
        try {
            return work.run();
        } finally {
            former.forEach(Signals::restore);
        }
    }
}
