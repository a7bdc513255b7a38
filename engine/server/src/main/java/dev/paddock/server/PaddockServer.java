package dev.paddock.server;

import dev.paddock.host.machine.BootClock;
import dev.paddock.host.process.PollInterval;
import dev.paddock.host.process.ServiceManager;
import dev.paddock.pool.event.AsyncLogWriter;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.http.EventLine;
import dev.paddock.pool.http.HttpServer;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.LeaseService;
import dev.paddock.pool.service.PoolMetrics;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The pool server: lease service, HTTP server, monitors and log in one process. Only one runs for a folder at a time.
 */
public final class PaddockServer implements AutoCloseable {
    private static final long WATCHDOG_MILLIS = 5_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final FileLock lock;
    private final LeaseStore store;
    private final SlotHost host;
    private final LeaseService leases;
    private final HttpServer http;
    private final AsyncLogWriter log;

    private PaddockServer(
            FileLock lock, LeaseStore store, SlotHost host, LeaseService leases, HttpServer http, AsyncLogWriter log) {
        this.lock = lock;
        this.store = store;
        this.host = host;
        this.leases = leases;
        this.http = http;
        this.log = log;
    }

    /**
     * Open the server: recover from the end of an earlier one, and start to serve.
     *
     * @param folder for the store and the lock, created if it is missing
     * @param host closed with the server
     * @param monitors checked periodically, each on a thread of its own, as a check may take long
     * @param log receives the events, one JSON object per line
     * @throws IOException if another server runs, the host does not respond, or the socket cannot be opened
     */
    public static PaddockServer open(
            Path folder, Path socket, SlotHost host, List<HostMonitor> monitors, PrintStream log) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var lock = lock(folder.resolve("lock"));
        var boot = BootClock.read();
        var clock = new PoolClock(boot::millis, System::nanoTime, InstantSource.system());
        var writer = AsyncLogWriter.start(log);
        var events = new EventLog(clock, event -> writer.add(EventLine.of(event)));
        var metrics = new PoolMetrics();
        var store = LeaseStore.open(folder.resolve("leases.db"), boot.boot(), clock::millis);
        var leases = new LeaseService(store, host, clock, events, metrics);
        try {
            leases.start();
        } catch (SlotException failure) {
            store.close();
            lock.channel().close();
            throw new IOException(failure.reason(), failure);
        }
        monitors.forEach(
                monitor -> Thread.ofPlatform().daemon().name("paddock-monitor").start(() -> run(monitor, events)));
        return new PaddockServer(lock, store, host, leases, HttpServer.open(socket, leases, metrics, clock), writer);
    }

    private static void run(HostMonitor monitor, EventLog events) {
        var pause = Duration.ZERO;
        while (PollInterval.of(pause)) {
            pause = Duration.ZERO;
            try {
                monitor.check().forEach(change -> events.add(change.getKey(), change.getValue()));
            } catch (SlotException failure) {
                // The lease service reports that the host does not respond.
                pause = AFTER_FAILURE;
            } catch (RuntimeException bug) {
                events.addFailure("keeper.bug", bug);
                pause = AFTER_FAILURE;
            }
            pause = pause.plusMillis(monitor.pauseMillis());
        }
    }

    private static FileLock lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("another pool server runs.");
        }
        var pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return lock;
    }

    /** Serve until the latch opens. Meanwhile report to the service manager that the server is healthy. */
    public void serveUntil(CountDownLatch end) {
        var manager = ServiceManager.ofProcess();
        manager.tell("READY=1");
        try {
            while (!end.await(WATCHDOG_MILLIS, TimeUnit.MILLISECONDS)) {
                if (leases.isHealthy()) {
                    manager.tell("WATCHDOG=1");
                }
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        manager.tell("STOPPING=1");
    }

    @Override
    public void close() {
        // The HTTP server stays open meanwhile, so VMs can be released.
        leases.close();
        http.close();
        host.close();
        store.close();
        log.drain();
        try {
            lock.channel().close();
        } catch (IOException ignored) {
            // The lock ends with the process.
            return;
        }
    }
}
