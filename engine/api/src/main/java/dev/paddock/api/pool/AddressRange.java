package dev.paddock.api.pool;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of consecutive IPv4 addresses, one for each VM of a pool.
 *
 * @param first the first address as a 32-bit number
 * @param last the last address, not before the first
 */
public record AddressRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})-(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int PARTS = 4;
    private static final int BYTE = 256;

    /** Parse {@code 192.168.101.64-192.168.101.71}; absent if the text is not such a range. */
    public static Optional<AddressRange> of(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        long[] ends = {0, 0};
        for (var i = 0; i < 2 * PARTS; i++) {
            var part = Integer.parseInt(match.group(i + 1));
            if (part >= BYTE) {
                return Optional.empty();
            }
            ends[i / PARTS] = ends[i / PARTS] * BYTE + part;
        }
        return ends[0] <= ends[1] ? Optional.of(new AddressRange(ends[0], ends[1])) : Optional.empty();
    }

    public long size() {
        return last - first + 1;
    }

    /** Return the address of the VM with a number, counted from 1; absent beyond the range. */
    public Optional<String> of(int number) {
        return number >= 1 && number <= size() ? Optional.of(text(first + number - 1)) : Optional.empty();
    }

    private static String text(long address) {
        return "%d.%d.%d.%d".formatted(address >> 24 & 0xff, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
    }

    @Override
    public String toString() {
        return text(first) + "-" + text(last);
    }
}
