package dev.paddock.host.packets;

/** A frame that arrived; on the host, the part that raw sockets return. */
public final class CapturedFrame {
    private final CapturePoint at;
    private final int number;
    private final byte[] data;

    CapturedFrame(CapturePoint at, int number, byte[] data) {
        this.at = at;
        this.number = number;
        this.data = data.clone();
    }

    public CapturePoint at() {
        return at;
    }

    /** Return the number in its mark. */
    public int number() {
        return number;
    }

    public byte[] data() {
        return data.clone();
    }
}
