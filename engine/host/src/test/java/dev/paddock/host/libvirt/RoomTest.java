package dev.paddock.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    private static final int BLOCK = 1 << 17;

    @TempDir
    Path folder;

    @Test
    void holesAndZerosTakeNoRoom() throws IOException {
        var file = folder.resolve("disk.raw");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 0);
            channel.write(ByteBuffer.wrap(new byte[] {1}), 100L * BLOCK);
        }

        assertThat(Files.size(file)).isEqualTo(100L * BLOCK + 1);
        assertThat(Room.data(file, Long.MAX_VALUE)).isEqualTo(BLOCK + 1);
    }

    @Test
    void whatIsMoreThanEnoughIsNotRead() throws IOException {
        var file = folder.resolve("disk.raw");
        var content = new byte[10 * BLOCK];
        Arrays.fill(content, (byte) 1);
        Files.write(file, content);

        assertThat(Room.data(file, BLOCK)).isEqualTo(2 * BLOCK);
        assertThat(Room.data(file, 10 * BLOCK)).isEqualTo(10 * BLOCK);
    }
}
