package dev.paddock.host.guest;

import java.io.IOException;
import java.io.OutputStream;

/** The standard input of a command in a guest. Writing blocks while the agent's buffer is full. */
final class GuestInput extends OutputStream {
    /** How much the agent buffers for a command that does not read. */
    private static final int WINDOW = 256 * 1024;

    private final FrameWriter writing;
    private int held;
    private boolean abandoned;

    GuestInput(FrameWriter writing) {
        this.writing = writing;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (var at = 0; at < length; ) {
            var part = Math.min(length - at, AgentFrame.MOST_TO_GUEST);
            send(bytes, offset + at, part);
            at += part;
        }
    }

    private synchronized void send(byte[] bytes, int offset, int length) throws IOException {
        while (!abandoned && held + length > WINDOW) {
            try {
                wait();
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the guest did not read.", interruption);
            }
        }
        if (abandoned) {
            throw new IOException("The command in the guest has ended, and reads no more.");
        }
        held += length;
        writing.send(AgentFrame.INPUT, bytes, offset, length);
    }

    /** Note that the command has read some bytes, and return whether that many were sent. */
    synchronized boolean take(long bytes) {
        if (bytes > held) {
            return false;
        }
        held -= (int) bytes;
        notifyAll();
        return true;
    }

    /** Stop sending: the command has ended. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** Send the end of file. */
    @Override
    public synchronized void close() {
        if (!abandoned) {
            abandoned = true;
            writing.send(AgentFrame.EOF, new byte[0], 0, 0);
        }
    }
}
