package dev.paddock.testkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.TarExtractor;
import dev.paddock.host.libvirt.guest.GuestChannels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real guest in which something else has taken the agent's place at the last of the four channels. */
@Timeout(300)
class HostileGuestIT {
    /** Answers one greeting as the agent would, and then says what is in a file. */
    private static final String IMPOSTOR = """
            # The port is free when the process that was killed has gone, and not before.
            until (: <>/dev/vport0p4) 2>/dev/null; do sleep 0.05; done
            exec 3<>/dev/vport0p4
            echo $$ > /tmp/impostor.pid
            : > /tmp/heard
            while size=$(stat -c %s /tmp/heard); [ $size -lt 16410 ]; do
                head -c $((16410 - size)) <&3 >> /tmp/heard
                sleep 0.05
            done
            { printf '\\nPADDOCK\\n'; tail -c 17 /tmp/heard | head -c 16; cat /tmp/say; } >&3
            exec sleep 1000
            """;
    /** Sends a signal to the agent's processes of a name. */
    private static final String TELL = """
            tell() {
                for agent in $(pidof paddock-agent); do
                    [ "$(cat /proc/$agent/comm)" != "$2" ] || kill -$1 $agent
                done
            }
            """;

    private static final String TAKE_OVER = TELL + """
            rm -f /tmp/heard
            tell STOP paddock-agent
            tell KILL vport0p4
            (setsid sh /tmp/impostor > /dev/null 2>&1 &)
            until [ -f /tmp/heard ]; do sleep 0.1; done
            """;
    private static final String GIVE_BACK = TELL + """
            # Also what it runs, which may be blocked by a port that nobody reads from.
            kill -9 -$(cat /tmp/impostor.pid)
            tell CONT paddock-agent
            """;

    @TempDir
    private Path folder;

    private final List<GuestAgent> honest = new ArrayList<>();

    @BeforeEach
    void occupiesTheOtherChannels() throws IOException {
        for (var i = 0; i < 3; i++) {
            honest.add(GuestChannels.open(TestGuest.uri(), TestGuest.shared()));
        }
        // The agent serves the last channel again, and has read what was sent to the impostor before: of what is still
        // there, the next impostor would take the first bytes for the greeting.
        GuestChannels.open(TestGuest.uri(), TestGuest.shared(), Duration.ofSeconds(30))
                .close();
        write("/tmp/impostor", IMPOSTOR.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void givesItBack() throws IOException {
        shell(GIVE_BACK);
        honest.forEach(GuestAgent::close);
    }

    private void shell(String script) throws IOException {
        honest.getFirst()
                .run(
                        GuestCommand.of("sh", "-c", script).within(Duration.ofMinutes(1)),
                        CommandStreams.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    private void write(String path, byte[] bytes) throws IOException {
        var streams = CommandStreams.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())
                .reading(new ByteArrayInputStream(bytes));
        assertThat(honest.getFirst().run(GuestCommand.of("sh", "-c", "cat > " + path), streams))
                .isEqualTo(new ExitStatus.Exited(0));
    }

    /** Return a guest that welcomes, and then says this. */
    private GuestAgent saying(byte[] bytes) throws IOException {
        var all = new ByteArrayOutputStream();
        all.writeBytes(frame('h', "version=1\n".getBytes(StandardCharsets.UTF_8)));
        all.writeBytes(bytes);
        write("/tmp/say", all.toByteArray());
        shell(TAKE_OVER);
        return GuestChannels.open(TestGuest.uri(), TestGuest.shared());
    }

    private static byte[] frame(char kind, byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(kind);
        bytes.write(payload.length >> 16);
        bytes.write(payload.length >> 8);
        bytes.write(payload.length);
        bytes.writeBytes(payload);
        bytes.write(0x5a);
        return bytes.toByteArray();
    }

    private static void run(GuestAgent guest) throws IOException {
        guest.run(
                GuestCommand.of("true"),
                CommandStreams.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    @Test
    void garbageEndsTheSession() throws Exception {
        var garbage = new byte[100_000];
        new Random(3).nextBytes(garbage);

        try (var guest = saying(garbage)) {
            assertThatThrownBy(() -> run(guest))
                    .isInstanceOf(GuestException.class)
                    .hasMessageContaining("makes no sense");
        }
    }

    @Test
    void aFrameLargerThanAnyEndsTheSession() throws Exception {
        try (var guest = saying(new byte[] {'o', (byte) 0xff, (byte) 0xff, (byte) 0xff})) {
            assertThatThrownBy(() -> run(guest))
                    .isInstanceOf(GuestException.class)
                    .hasMessageContaining("makes no sense");
        }
    }

    @Test
    void moreReadThanWasGivenEndsTheSession() throws Exception {
        try (var guest = saying(frame('t', new byte[] {0x7f, 0, 0, 0}))) {
            assertThatThrownBy(() -> run(guest))
                    .isInstanceOf(GuestException.class)
                    .hasMessageContaining("more input");
        }
    }

    @Test
    void aGuestThatKeepsToNoTimeLimitIsGivenUp() throws Exception {
        try (var guest = saying(new byte[0])) {
            var command = GuestCommand.of("true").within(Duration.ofSeconds(1));
            var streams = CommandStreams.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());

            assertThatThrownBy(() -> guest.run(command, streams))
                    .isInstanceOf(GuestException.class)
                    .hasMessageContaining("given up");
        }
    }

    @Test
    void anArchiveThatLeadsElsewhereWritesNothing() throws Exception {
        var outside = Files.createDirectory(folder.resolve("outside"));
        var archive = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(archive, "UTF-8")) {
            add(tar, "./", TarConstants.LF_DIR, "");
            add(tar, "./door", TarConstants.LF_SYMLINK, outside.toString());
            add(tar, "./door/file", TarConstants.LF_NORMAL, "hostile");
        }
        var said = new ByteArrayOutputStream();
        said.writeBytes(frame('o', archive.toByteArray()));
        said.writeBytes(frame('x', new byte[] {0, 0}));

        try (var guest = saying(said.toByteArray())) {
            assertThatThrownBy(() -> guest.get(
                            "/tmp",
                            Optional.empty(),
                            from -> TarExtractor.unpack(from, folder.resolve("target")),
                            OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be unpacked safely");
        }
        assertThat(outside).isEmptyDirectory();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte type, String content) throws IOException {
        var entry = new TarArchiveEntry(name, type);
        var data = content.getBytes(StandardCharsets.UTF_8);
        if (type == TarConstants.LF_SYMLINK) {
            entry.setLinkName(content);
            data = new byte[0];
        }
        entry.setSize(data.length);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }
}
