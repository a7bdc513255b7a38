package dev.paddock.host.packets;

import dev.paddock.host.process.Program;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bridge of a lab with a VM, a neighbor and an outer host, each of which is a port to send and capture raw frames.
 *
 * <p>The far ends are in a separate network namespace without addresses, so that nothing answers unless told to.
 * Closing removes everything: the namespace ends with the thread and the sockets that hold it.
 */
public final class PacketRange implements AutoCloseable {
    private final ExecutorService thread;
    private final Sockets sockets;

    private PacketRange(ExecutorService thread, Sockets sockets) {
        this.thread = thread;
        this.sockets = sockets;
    }

    /**
     * Set it up.
     *
     * @param lab the PID whose network namespace contains the bridge
     */
    public static PacketRange open(long lab, PacketLabLayout layout) throws PacketException {
        // A thread that has changed its namespace cannot be reused for anything else.
        var thread = Executors.newSingleThreadExecutor(
                run -> Thread.ofPlatform().name("packets").daemon().unstarted(run));
        try {
            return new PacketRange(thread, on(thread, () -> setUp(lab, layout)));
        } catch (PacketException failure) {
            thread.shutdown();
            throw failure;
        }
    }

    private static Sockets setUp(long lab, PacketLabLayout layout) throws PacketException {
        var inside = "/proc/" + lab + "/ns/net";
        var home = SocketCalls.open(inside, SocketCalls.O_RDONLY);
        try {
            SocketCalls.unshare(SocketCalls.CLONE_NEWNET);
            var outside = "/proc/" + ProcessHandle.current().pid() + "/task/" + SocketCalls.gettid() + "/ns/net";
            run(inside, layout.first(outside));
            run(outside, PacketLabLayout.outside());
            run(inside, layout.second());
            var ends = Sockets.Ends.open();
            SocketCalls.setns(home, SocketCalls.CLONE_NEWNET);
            return Sockets.open(ends, layout.bridge());
        } finally {
            SocketCalls.close(home);
        }
    }

    private static void run(String namespace, String script) throws PacketException {
        var outcome = Program.of("nsenter", "--net=" + namespace, "--", "sh", "-c", script)
                .run();
        if (!outcome.isSuccess()) {
            throw new PacketException("The ports for packets cannot be set up. " + outcome.explanation());
        }
    }

    /** Send packets in order, and return what arrived where, once nothing is in transit. */
    public List<CapturedFrame> send(List<TestPacket> shots) throws PacketException {
        return on(thread, () -> sockets.send(shots));
    }

    private static <T> T on(ExecutorService thread, Callable<T> work) throws PacketException {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PacketException known) {
                throw known;
            }
            throw new PacketException("Packets cannot be sent: " + failed.getCause(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PacketException("Interrupted while packets were on their way.", interrupted);
        }
    }

    @Override
    public void close() {
        thread.execute(sockets::close);
        thread.shutdown();
    }
}
