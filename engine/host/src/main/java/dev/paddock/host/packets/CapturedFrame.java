package dev.paddock.host.packets;

/** A frame that came out; of the host what raw sockets show of it. */
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
