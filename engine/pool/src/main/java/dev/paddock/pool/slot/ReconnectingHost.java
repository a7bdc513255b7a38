package dev.paddock.pool.slot;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A connection that is opened when it is first used, and again after it broke. May be used by several threads. */
public final class ReconnectingHost<T extends AutoCloseable> implements AutoCloseable {
    private final Supplier<T> opening;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // It comes and goes.
    private Optional<T> connection = Optional.empty();

    /** @param opening throws a {@link HostException} when it cannot */
    public ReconnectingHost(Supplier<T> opening) {
        this.opening = opening;
    }

    /** Make calls. What breaks the connection fails them, and the next calls get another connection. */
    public <R> R use(Function<T, R> calls) {
        var mine = open();
        try {
            return calls.apply(mine);
        } catch (HostException failure) {
            if (failure.failure() == Failure.LOST || failure.failure() == Failure.UNREACHABLE) {
                drop(mine);
            }
            throw new SlotException(
                    failure.reason() + failure.advice().map(way -> " " + way).orElse(""), failure);
        }
    }

    private synchronized T open() {
        if (connection.isEmpty()) {
            try {
                connection = Optional.of(opening.get());
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
        } catch (Exception alreadyGone) {
            // There is nothing left of it to close.
            return;
        }
    }

    @Override
    public synchronized void close() {
        connection.ifPresent(this::close);
        connection = Optional.empty();
    }
}
