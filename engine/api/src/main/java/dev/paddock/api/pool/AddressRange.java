package dev.paddock.api.pool;

import dev.paddock.api.net.IpAddress;
import java.util.Optional;

/**
 * A range of consecutive IPv4 addresses, one for each VM of a pool.
 *
 * @param last the last address, not before the first
 */
public record AddressRange(IpAddress first, IpAddress last) {
    /** Parse {@code 192.168.101.64-192.168.101.71}; absent if the text is not such a range. */
    public static Optional<AddressRange> of(String text) {
        var ends = text.strip().split("-", 2);
        if (ends.length < 2) {
            return Optional.empty();
        }
        return IpAddress.parse(ends[0]).filter(first -> !first.isSix()).flatMap(first -> IpAddress.parse(ends[1])
                .filter(last -> !last.isSix() && first.compareTo(last) <= 0)
                .map(last -> new AddressRange(first, last)));
    }

    public long size() {
        return last.low() - first.low() + 1;
    }

    /** Return the address of the VM with a number, counted from 1; absent beyond the range. */
    public Optional<String> of(int number) {
        return number >= 1 && number <= size()
                ? Optional.of(first.plus(number - 1L).toString())
                : Optional.empty();
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
