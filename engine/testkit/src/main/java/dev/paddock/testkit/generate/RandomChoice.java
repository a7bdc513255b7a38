package dev.paddock.testkit.generate;

import java.util.List;
import java.util.Random;

/** Decisions by chance, the same for the same seed. */
record RandomChoice(Random random) {
    boolean in(int times) {
        return random.nextInt(times) == 0;
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String mac() {
        return (in(3) ? "52:54:00:%02X:%02X:%02X" : "52:54:00:%02x:%02x:%02x")
                .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    String uuid() {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }
}
