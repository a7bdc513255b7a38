package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatChangedIsReadAgain() throws IOException {
        var digests = new FileDigests(folder.resolve("cache"));
        var file = Files.writeString(folder.resolve("disk"), "one");
        var first = digests.sha256(file);
        assertThat(first).hasSize(64).isEqualTo(digests.sha256(file));

        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        assertThat(digests.sha256(file)).isNotEqualTo(first);
    }

    @Test
    void withoutACacheItIsReadEachTime() throws IOException {
        var digests = new FileDigests(Path.of("/proc/nowhere"));
        assertThat(digests.sha256(Files.writeString(folder.resolve("disk"), "")))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
