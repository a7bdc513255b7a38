package dev.paddock.host.packets;

/** A frame to send; of the host a packet of IP, which gets its frame on the way. It carries a {@link Mark}. */
public final class Shot {
    private final Site from;
    private final byte[] data;

    public Shot(Site from, byte[] data) {
        this.from = from;
        this.data = data.clone();
    }

    Site from() {
        return from;
    }

    byte[] data() {
        return data.clone();
    }
}
