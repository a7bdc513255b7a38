package dev.paddock.pool.slot;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens a connection on first use, and again after it broke. May be used by several threads. */
public final class ReconnectingHost<T extends AutoCloseable> implements AutoCloseable {
    private final Supplier<T> opener;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // It is opened and dropped.
    private Optional<T> connection = Optional.empty();

    /** @param opener throws a {@link HostException} when it cannot connect */
    public ReconnectingHost(Supplier<T> opener) {
        this.opener = opener;
    }

    /**
     * Make calls on the connection. When it breaks, they fail, and the next calls get a new connection.
     *
     * @throws SlotException when the connection cannot be opened, or a call fails
     */
    public <R> R use(Function<T, R> calls) {
        var current = open();
        try {
            return calls.apply(current);
        } catch (HostException failure) {
            if (failure.failure() == Failure.LOST || failure.failure() == Failure.UNREACHABLE) {
                drop(current);
            }
            throw new SlotException(
                    failure.reason()
                            + failure.advice().map(advice -> " " + advice).orElse(""),
                    failure);
        }
    }

    private synchronized T open() {
        if (connection.isEmpty()) {
            try {
                connection = Optional.of(opener.get());
            } catch (HostException failure) {
                throw new SlotException(failure.reason(), failure);
            }
        }
        return connection.orElseThrow();
    }

    private synchronized void drop(T broken) {
        if (connection.isPresent() && connection.get().equals(broken)) {
            connection = Optional.empty();
            close(broken);
        }
    }

    private void close(T broken) {
        try {
            broken.close();
        } catch (Exception ignored) {
            // A broken connection has nothing left to close.
            return;
        }
    }

    @Override
    public synchronized void close() {
        connection.ifPresent(this::close);
        connection = Optional.empty();
    }
}
