package dev.paddock.host.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clock that starts with the machine, continues during sleep, and cannot be set (CLOCK_BOOTTIME of
 * clock_gettime(2)), and the ID of the boot.
 *
 * @param boot differs with each boot of the machine
 */
public record BootClock(String boot) {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final double MILLIS = 1_000;

    public static BootClock read() throws IOException {
        return new BootClock(Files.readString(BOOT, StandardCharsets.US_ASCII).strip());
    }

    /** Return the milliseconds since the machine started, with the kernel's resolution of 10 ms. */
    public long millis() {
        try {
            var text = Files.readString(UPTIME, StandardCharsets.US_ASCII);
            return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * MILLIS);
        } catch (IOException noProc) {
            throw new UncheckedIOException(noProc);
        }
    }
}
