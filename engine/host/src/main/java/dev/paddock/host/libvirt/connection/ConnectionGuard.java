package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Prevents connections from being closed during calls, which would crash the program. */
public final class ConnectionGuard {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Make calls while the connections are kept open. */
    public <T extends @org.jspecify.annotations.Nullable Object> T using(Supplier<T> calls) {
        use.readLock().lock();
        try {
            if (closed.get()) {
                throw closed();
            }
            return calls.get();
        } finally {
            use.readLock().unlock();
        }
    }

    static HostException closed() {
        return new HostException(Failure.LOST, 0, 0, "The connection is closed.");
    }

    /**
     * Admit no further calls, and close when the last one has ended. If a call hangs, nothing is closed before the
     * program ends.
     */
    public void close(Runnable closing) {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (use.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    closing.run();
                } finally {
                    use.writeLock().unlock();
                }
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
