package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The threads that make the calls of one host.
 *
 * <p>A native call cannot be interrupted, so the caller waits for another thread, with a timeout. This guards against a
 * daemon that hangs: libvirt's keepalive would need its event loop, which has to run forever once it is registered. The
 * end of a daemon closes its socket, which is noticed at once.
 *
 * <p>They are platform threads, because libvirt stores its last error per thread and native calls pin virtual ones.
 * They are daemon threads, so that one that hangs does not keep the program from ending.
 */
public final class Workers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** How often a waiting thread checks for progress within its timeout. */
    private static final int GLANCES = 20;

    private final ThreadPoolExecutor pool;

    public Workers(int most) {
        var number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                most, most, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "libvirt-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    public <T> Future<T> start(Callable<T> call) {
        try {
            return pool.submit(call);
        } catch (RejectedExecutionException closed) {
            throw ConnectionGuard.closed();
        }
    }

    /** Make the calls on one of these threads, and wait for them. */
    public <T> T within(Duration patience, Callable<T> call) {
        return await(start(call), patience, () -> 0);
    }

    /**
     * Wait for a running call.
     *
     * @param patience how long to wait without progress
     * @param progress a number that increases with progress
     */
    public static <T> T await(Future<T> started, Duration patience, LongSupplier progress) {
        var seen = progress.getAsLong();
        var silences = 0;
        while (true) {
            try {
                return started.get(patience.toMillis() / GLANCES, TimeUnit.MILLISECONDS);
            } catch (TimeoutException silence) {
                var now = progress.getAsLong();
                silences = now == seen ? silences + 1 : 0;
                seen = now;
                if (silences == GLANCES) {
                    started.cancel(false);
                    throw new HostException(
                            Failure.LOST, 0, 0, "libvirt did not answer within " + patience.toSeconds() + " seconds.");
                }
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new HostException(Failure.LOST, 0, 0, "Interrupted while waiting for libvirt.");
            } catch (ExecutionException failure) {
                throw unwrapped(failure.getCause());
            }
        }
    }

    private static RuntimeException unwrapped(@org.jspecify.annotations.Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            case null, default -> new IllegalStateException("A call failed. This is a bug in this tool.", cause);
        };
    }

    /** End each thread after its current call. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
