package dev.paddock.host.packets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A frame that came out; of the host what raw sockets show of it. */
public record Arrival(Site at, int number, byte[] data) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arrival arrival
                && at == arrival.at
                && number == arrival.number
                && Arrays.equals(data, arrival.data);
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return "Arrival[at=" + at + ", number=" + number + "]";
    }
}
