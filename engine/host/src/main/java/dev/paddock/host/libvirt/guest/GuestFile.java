package dev.paddock.host.libvirt.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** A file in a guest, read or written through QEMU's agent in pieces: libvirt passes on at most 4 MiB of text. */
final class GuestFile implements AutoCloseable {
    private static final int PIECE = 1 << 20;
    private static final int WRITTEN = 1 << 16;

    private final QemuAgent agent;
    private final long handle;

    private GuestFile(QemuAgent agent, long handle) {
        this.agent = agent;
        this.handle = handle;
    }

    /** @param mode as in fopen(3) */
    static GuestFile open(QemuAgent agent, String path, String mode) {
        return new GuestFile(
                agent,
                agent.ask("guest-file-open", Map.of("path", path, "mode", mode)).asLong());
    }

    /** Pass on everything that was added since the last read, and return whether that is anything. */
    boolean passOn(OutputStream to) throws IOException {
        for (var passed = false; ; passed = true) {
            var read = agent.ask("guest-file-read", Map.of("handle", handle, "count", PIECE));
            var bytes = Base64.getDecoder().decode(read.path("buf-b64").asText());
            to.write(bytes);
            if (bytes.length == 0) {
                return passed;
            }
        }
    }

    /** Write the whole input. */
    void take(InputStream from) throws IOException {
        var buffer = new byte[WRITTEN];
        for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            for (var at = 0; at < read; ) {
                var rest = Base64.getEncoder().encodeToString(Arrays.copyOfRange(buffer, at, read));
                at += agent.ask("guest-file-write", Map.of("handle", handle, "buf-b64", rest))
                        .path("count")
                        .asInt();
            }
        }
    }

    @Override
    public void close() {
        agent.ask("guest-file-close", Map.of("handle", handle));
    }
}
