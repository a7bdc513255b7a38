package dev.paddock.testkit.memory;

import java.util.Random;
import java.util.UUID;

/** What libvirt draws by lot, drawn from a seed. */
final class SeededChoice {
    private final Random random;

    SeededChoice(long seed) {
        random = new Random(seed);
    }

    /** Return a random UUID of version 4. */
    String uuid() {
        var high = (random.nextLong() & ~0xF000L) | 0x4000L;
        var low = (random.nextLong() & ~(0xCL << 60)) | (0x8L << 60);
        return new UUID(high, low).toString();
    }

    /** Return an address of QEMU's range, as libvirt gives to bridges. */
    String mac() {
        return String.format("52:54:00:%02x:%02x:%02x", random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }
}
