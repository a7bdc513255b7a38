package dev.paddock.host.guest;

/** Writes frames to a guest, one at a time, from any thread. */
final class FrameWriter {
    private final GuestPort port;

    FrameWriter(GuestPort port) {
        this.port = port;
    }

    /** Complete a frame that an earlier session may have left unfinished. Without its end mark, the agent drops it. */
    synchronized void fill() {
        port.write(
                new byte[AgentFrame.HEADER + AgentFrame.MOST_TO_GUEST + 1],
                0,
                AgentFrame.HEADER + AgentFrame.MOST_TO_GUEST + 1);
    }

    synchronized void send(byte kind, byte[] payload, int offset, int length) {
        var bytes = AgentFrame.encode(kind, payload, offset, length);
        port.write(bytes, 0, bytes.length);
    }

    /** Send a payload of any length, in as many frames as needed. */
    synchronized void sendAll(byte kind, byte[] payload) {
        for (var at = 0; at < payload.length; at += AgentFrame.MOST_TO_GUEST) {
            send(kind, payload, at, Math.min(payload.length - at, AgentFrame.MOST_TO_GUEST));
        }
    }
}
