package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Keeps connections from being closed with calls under way, which would crash the program. */
public final class ConnectionGuard {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Make calls, which the connections outlive. */
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

    /** Let nobody in any more, and close once the last is out. Where a call hangs, all is left to the program's end. */
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
