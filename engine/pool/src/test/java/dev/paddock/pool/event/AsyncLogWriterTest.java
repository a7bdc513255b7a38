package dev.paddock.pool.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsyncLogWriterTest {
    @Test
    void aReaderThatDoesNotReadDelaysNoWriter() throws IOException {
        var reader = new PipedInputStream(64);
        var log = AsyncLogWriter.start(new PrintStream(new PipedOutputStream(reader), true, StandardCharsets.UTF_8));

        for (var i = 0; i < 20_000; i++) {
            log.add("line " + i);
        }

        var read = new String(reader.readNBytes(13), StandardCharsets.UTF_8);
        assertThat(read).isEqualTo("line 0\nline 1");
    }
}
