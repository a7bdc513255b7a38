package dev.paddock.host.packets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame to send; of the host a packet of IP, which gets its frame on the way.
 *
 * @param mark what it carries to be known by; of {@link Mark#LENGTH} octets
 */
public record Shot(Site from, byte[] data, byte[] mark) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Shot shot
                && from == shot.from
                && Arrays.equals(data, shot.data)
                && Arrays.equals(mark, shot.mark);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mark);
    }

    @Override
    public String toString() {
        return "Shot[from=" + from + ", octets=" + data.length + "]";
    }
}
