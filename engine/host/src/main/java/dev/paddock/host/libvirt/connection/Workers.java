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
 * <p>A native call cannot be interrupted, so whoever asks waits for another thread, and no longer than its patience. This
 * is what stands against a daemon that hangs: libvirt's keepalive would take its event loop, which has to run for good
 * once it is registered. A daemon that ended is noticed at once, by the end of its socket.
 *
 * <p>The threads are the platform's, as libvirt keeps its last error per thread and native calls pin virtual ones. They
 * are daemons: one that hangs does not keep the program from ending.
 */
public final class Workers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** How often within its patience a waiter looks for progress. */
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

    /** Make the calls on a thread of these, and wait for them. */
    public <T> T within(Duration patience, Callable<T> call) {
        return await(start(call), patience, () -> 0);
    }

    /**
     * Wait for what was started.
     *
     * @param patience how long to wait without progress
     * @param progress a number that grows while things go on
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

    /** Let the threads end once their calls have. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
