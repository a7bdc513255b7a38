package dev.paddock.host.guest;

/** Writes frames to a guest, one at a time, whichever thread they come from. */
final class FrameWriting {
    private final GuestPort port;

    FrameWriting(GuestPort port) {
        this.port = port;
    }

    /** Complete whatever frame somebody else has left half sent; without its end mark, it is dropped. */
    synchronized void fill() {
        port.write(new byte[Frame.HEADER + Frame.MOST_TO_GUEST + 1], 0, Frame.HEADER + Frame.MOST_TO_GUEST + 1);
    }

    synchronized void send(byte kind, byte[] payload, int offset, int length) {
        var bytes = Frame.encode(kind, payload, offset, length);
        port.write(bytes, 0, bytes.length);
    }

    /** Send a payload of any length, in as many frames as it takes. */
    synchronized void sendAll(byte kind, byte[] payload) {
        for (var at = 0; at < payload.length; at += Frame.MOST_TO_GUEST) {
            send(kind, payload, at, Math.min(payload.length - at, Frame.MOST_TO_GUEST));
        }
    }
}
