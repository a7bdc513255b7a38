package dev.paddock.host.guest;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The streams of a command in a guest. One thread writes both outputs as soon as the command has written.
 *
 * @param input the standard input of the command; end of file if empty
 */
public record CommandStreams(Optional<InputStream> input, OutputStream output, OutputStream errors) {
    public static CommandStreams of(OutputStream output, OutputStream errors) {
        return new CommandStreams(Optional.empty(), output, errors);
    }

    public CommandStreams reading(InputStream newInput) {
        return new CommandStreams(Optional.of(newInput), output, errors);
    }
}
