package dev.paddock.host.packets;

/** A frame to send; from the host, an IP packet, which gets its frame on the way. It carries a {@link PacketMark}. */
public final class TestPacket {
    private final CapturePoint from;
    private final byte[] data;

    public TestPacket(CapturePoint from, byte[] data) {
        this.from = from;
        this.data = data.clone();
    }

    CapturePoint from() {
        return from;
    }

    byte[] data() {
        return data.clone();
    }
}
