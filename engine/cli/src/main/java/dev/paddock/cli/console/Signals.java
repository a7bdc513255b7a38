package dev.paddock.cli.console;

import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Handles signals of the operating system, with {@code sun.misc.Signal} of the module jdk.unsupported.
 *
 * <p>Java has no other way to handle a signal without ending: a shutdown hook cannot cancel the shutdown, and a second
 * Ctrl-C has no effect while hooks run. This class uses reflection, as the compiler warns of every direct use and has
 * no option against it. If Java lacks the class, signals end the process as usual.
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

    /** Handles a signal; called on a thread of its own. */
    @FunctionalInterface
    interface Handler {
        void handle(Signal signal);
    }

    /**
     * Set the handler of a signal, and return the former handler for {@link #restore}; absent if Java cannot set one.
     */
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

    /** Restore the former handler. */
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
