package dev.paddock.host.guest;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Where the streams of a command in a guest come from and go to. The two outputs are written to by one thread, as soon as
 * the command has written.
 *
 * @param input what the command reads; when empty, it finds nothing to read
 */
public record Streams(Optional<InputStream> input, OutputStream output, OutputStream errors) {
    public static Streams of(OutputStream output, OutputStream errors) {
        return new Streams(Optional.empty(), output, errors);
    }

    public Streams reading(InputStream newInput) {
        return new Streams(Optional.of(newInput), output, errors);
    }
}
