package dev.paddock.host.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clock that starts with the machine, goes on while it sleeps, and cannot be set (CLOCK_BOOTTIME of
 * clock_gettime(2)), and which start it was.
 *
 * @param boot differs with each start of the machine
 */
public record BootClock(String boot) {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final double MILLIS = 1_000;

    public static BootClock read() throws IOException {
        return new BootClock(Files.readString(BOOT, StandardCharsets.US_ASCII).strip());
    }

    /** Return the milliseconds since the machine started; the kernel tells hundredths of a second. */
    public long millis() {
        try {
            var text = Files.readString(UPTIME, StandardCharsets.US_ASCII);
            return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * MILLIS);
        } catch (IOException noProc) {
            throw new UncheckedIOException(noProc);
        }
    }
}
