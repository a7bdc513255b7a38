package dev.paddock.server;

import dev.paddock.host.machine.BootClock;
import dev.paddock.host.process.ServiceManager;
import dev.paddock.pool.http.EventLine;
import dev.paddock.pool.http.HttpServer;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.AsyncLogWriter;
import dev.paddock.pool.service.EventLog;
import dev.paddock.pool.service.HostMonitor;
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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A keeper with all that belongs to it: its store, its door, its log. One at a time for a folder. */
public final class PaddockServer implements AutoCloseable {
    private static final long BEAT_MILLIS = 5_000;

    private final FileLock lock;
    private final LeaseStore store;
    private final SlotHost host;
    private final LeaseService keeper;
    private final HttpServer door;
    private final AsyncLogWriter log;

    private PaddockServer(
            FileLock lock, LeaseStore store, SlotHost host, LeaseService keeper, HttpServer door, AsyncLogWriter log) {
        this.lock = lock;
        this.store = store;
        this.host = host;
        this.keeper = keeper;
        this.door = door;
        this.log = log;
    }

    /**
     * Open it.
     *
     * @param folder for what it keeps, made when it is missing
     * @param host is closed with it
     * @param watches are asked again and again, each on a thread of its own, as one may take long
     * @param log gets what happens, a JSON object a line
     */
    public static PaddockServer open(
            Path folder, Path socket, SlotHost host, List<HostMonitor> watches, PrintStream log) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var lock = lock(folder.resolve("lock"));
        var clock = BootClock.read();
        var lines = AsyncLogWriter.to(log);
        var events = new EventLog(event -> lines.line(EventLine.of(event)));
        var meters = new PoolMetrics();
        var store = LeaseStore.open(folder.resolve("leases.db"), clock.boot(), clock::millis);
        var keeper = new LeaseService(store, host, clock::millis, events, meters);
        try {
            keeper.start();
        } catch (SlotException failure) {
            store.close();
            lock.channel().close();
            throw new IOException(failure.reason(), failure);
        }
        watches.forEach(
                watch -> Thread.ofPlatform().daemon().name("paddock-watch").start(() -> watch(watch, events)));
        return new PaddockServer(
                lock, store, host, keeper, HttpServer.open(socket, keeper, meters, clock::millis), lines);
    }

    private static void watch(HostMonitor watch, EventLog events) {
        try {
            while (true) {
                try {
                    watch.look().forEach(seen -> events.note(seen.getKey(), seen.getValue()));
                } catch (SlotException unseen) {
                    // The keeper itself tells when the host does not answer.
                    Thread.sleep(BEAT_MILLIS);
                } catch (RuntimeException bug) {
                    events.trouble("keeper.bug", bug);
                    Thread.sleep(BEAT_MILLIS);
                }
                Thread.sleep(watch.pauseMillis());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static FileLock lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("another keeper runs.");
        }
        var pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return lock;
    }

    /** Serve until the latch is opened, and tell the service manager that all is well. */
    public void until(CountDownLatch end) {
        var manager = ServiceManager.ofProcess();
        manager.tell("READY=1");
        try {
            while (!end.await(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                if (keeper.isWell()) {
                    manager.tell("WATCHDOG=1");
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        manager.tell("STOPPING=1");
    }

    @Override
    public void close() {
        // The door stays open meanwhile, so that guests can be given back.
        keeper.close();
        door.close();
        host.close();
        store.close();
        log.finish();
        try {
            lock.channel().close();
        } catch (IOException goesWithTheProcess) {
            return;
        }
    }
}
