package dev.paddock.testkit.fault;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.step.Action;
import java.util.concurrent.atomic.AtomicInteger;

/** A host at which one write goes wrong. Reads are those of the host behind it. */
public final class FaultyHost implements HostConnector {
    private static final int SYSTEM_ERROR = 38;
    private static final int RPC = 7;

    private final HostConnector host;
    private final int faultyWrite;
    private final WriteFault fault;
    private final AtomicInteger writes = new AtomicInteger();

    /**
     * @param faultyWrite the write that goes wrong, counted from 1 over all connections
     */
    public FaultyHost(HostConnector host, int faultyWrite, WriteFault fault) {
        this.host = host;
        this.faultyWrite = faultyWrite;
        this.fault = fault;
    }

    /** Return whether the write that goes wrong was reached: when not, this was one run too many. */
    public boolean struck() {
        return writes.get() >= faultyWrite;
    }

    @Override
    public HostReader reader(String uri) {
        return host.reader(uri);
    }

    @Override
    public HostWriter writer(String uri) {
        return new Writer(host.writer(uri));
    }

    private final class Writer implements HostWriter {
        private final HostWriter writer;

        Writer(HostWriter writer) {
            this.writer = writer;
        }

        @Override
        public void perform(Action action) {
            var write = writes.incrementAndGet();
            if (write < faultyWrite) {
                writer.perform(action);
            } else if (write == faultyWrite) {
                strike(action);
            } else {
                after(action);
            }
        }

        private void strike(Action action) {
            switch (fault) {
                case REFUSE -> throw new HostException(Failure.REFUSED, 1, 0, "internal error: refused by the test");
                case LOSE_REQUEST -> throw lost();
                case LOSE_REPLY -> {
                    writer.perform(action);
                    throw lost();
                }
                case KILL_BEFORE -> throw new SimulatedKill();
                case KILL_AFTER -> {
                    writer.perform(action);
                    throw new SimulatedKill();
                }
            }
        }

        private void after(Action action) {
            switch (fault) {
                case REFUSE -> writer.perform(action);
                case LOSE_REQUEST, LOSE_REPLY -> throw lost();
                case KILL_BEFORE, KILL_AFTER -> throw new SimulatedKill();
            }
        }

        private static HostException lost() {
            return new HostException(Failure.LOST, SYSTEM_ERROR, RPC, "Cannot recv data: Connection reset by peer");
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
