package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedIsoIT {
    private static final Map<String, String> FILES =
            Map.of("user-data", "#cloud-config\nhostname: one\n", "meta-data", "instance-id: one\n");

    /** Where a disc keeps its label: ISO 9660, primary volume descriptor. */
    private static final int LABEL = 16 * 2048 + 40;

    @TempDir
    Path folder;

    @Test
    void aDiscHasTheLabelAndTheFilesAndLeavesNothing() throws Exception {
        var disc = make("a.iso");
        assertThat(new String(disc, LABEL, 6, StandardCharsets.US_ASCII)).isEqualTo("cidata");
        var text = new String(disc, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("#cloud-config\nhostname: one\n", "instance-id: one\n", "user-data", "meta-data");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("a.iso"));
        }
    }

    @Test
    void theSameTextsMakeTheSameDisc() throws Exception {
        var first = make("a.iso");
        var second = System.currentTimeMillis() / 1000 + 1;
        while (System.currentTimeMillis() / 1000 < second) {
            Thread.sleep(Duration.ofMillis(50));
        }
        assertThat(make("b.iso")).isEqualTo(first);
    }

    private byte[] make(String name) throws ImageException, IOException {
        SeedIso.make(FILES, folder, folder.resolve(name));
        return Files.readAllBytes(folder.resolve(name));
    }
}
