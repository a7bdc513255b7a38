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
public record CommandStreams(Optional<InputStream> input, OutputStream output, OutputStream errors) {
    public static CommandStreams of(OutputStream output, OutputStream errors) {
        return new CommandStreams(Optional.empty(), output, errors);
    }

    public CommandStreams reading(InputStream newInput) {
        return new CommandStreams(Optional.of(newInput), output, errors);
    }
}
