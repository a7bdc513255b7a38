package dev.paddock.cli.console;

import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Signals of the operating system, through {@code sun.misc.Signal} of the module jdk.unsupported.
 *
 * <p>Java has no other way to learn of a signal without ending: a shutdown hook cannot be called off, and a second Ctrl-C
 * does nothing while hooks run. It is reached by reflection, as the compiler warns of every mention and cannot be asked
 * not to. On a Java without it, signals end the process as they always do.
 */
final class Signals {
    private Signals() {}

    /** A signal, with its number on Linux. */
    enum Signal {
        INTERRUPT("INT", 2),
        TERMINATE("TERM", 15),
        RESIZED("WINCH", 28);

        private final String shortName;
        private final int number;

        Signal(String shortName, int number) {
            this.shortName = shortName;
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** What to do when a signal comes; called on a thread of its own. */
    @FunctionalInterface
    interface Handler {
        void handle(Signal signal);
    }

    /** Set the handler of a signal, and return what {@link #restore} takes. */
    static Optional<Object> handle(Signal signal, Handler handler) {
        try {
            var type = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.handle(signal);
                        }
                        return null;
                    });
            return set(signal, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            return Optional.empty();
        }
    }

    /** Set the handler that was there before. */
    static void restore(Signal signal, Optional<Object> former) {
        try {
            if (former.isPresent()) {
                set(signal, former.get());
            }
        } catch (ReflectiveOperationException unavailable) {
            throw new IllegalStateException("A handler that was set cannot be set again. This is a bug.", unavailable);
        }
    }

    private static Optional<Object> set(Signal signal, Object handler) throws ReflectiveOperationException {
        var signalType = Class.forName("sun.misc.Signal");
        var handlerType = Class.forName("sun.misc.SignalHandler");
        var instance = signalType.getConstructor(String.class).newInstance(signal.shortName);
        return Optional.ofNullable(
                signalType.getMethod("handle", signalType, handlerType).invoke(null, instance, handler));
    }
}
