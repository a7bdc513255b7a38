package dev.paddock.host.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The output of a command in a guest. Reading it also drives the session: it passes on standard error at once, and
 * accounts for input that the command has read.
 */
final class GuestOutput extends InputStream {
    private final FrameReader frames;
    private final GuestInput input;
    private final OutputStream errors;
    private Optional<AgentFrame> current = Optional.empty();
    private int at;
    private @Nullable ExitStatus ending;

    GuestOutput(FrameReader frames, GuestInput input, OutputStream errors) {
        this.frames = frames;
        this.input = input;
        this.errors = errors;
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var next = next();
        if (next.isEmpty()) {
            return -1;
        }
        var frame = next.get();
        var part = Math.min(length, frame.length() - at);
        System.arraycopy(frame.buffer(), frame.offset() + at, bytes, offset, part);
        at += part;
        return part;
    }

    /** Copy the remaining output, and return how the command ended. */
    ExitStatus copyTo(OutputStream output) throws IOException {
        for (var next = next(); next.isPresent(); next = next()) {
            var frame = next.get();
            output.write(frame.buffer(), frame.offset() + at, frame.length() - at);
            at = frame.length();
        }
        return Objects.requireNonNull(ending);
    }

    /** Return the current frame of output, which has bytes left; empty at the end. */
    private Optional<AgentFrame> next() throws IOException {
        while (ending == null && current.filter(frame -> at < frame.length()).isEmpty()) {
            var frame = frames.next();
            at = 0;
            current = Optional.empty();
            switch (frame.kind()) {
                case AgentFrame.OUTPUT -> current = Optional.of(frame);
                case AgentFrame.ERRORS -> errors.write(frame.buffer(), frame.offset(), frame.length());
                case AgentFrame.TAKEN -> {
                    if (frame.length() != Integer.BYTES || !input.take(frame.number())) {
                        throw FrameReader.garbled("more input taken than given");
                    }
                }
                case AgentFrame.END -> ending = ending(frame);
                default -> throw FrameReader.garbled("a frame of kind " + frame.kind());
            }
        }
        return current;
    }

    static ExitStatus ending(AgentFrame frame) {
        if (frame.kind() != AgentFrame.END || frame.length() < 2) {
            throw FrameReader.garbled("half an end");
        }
        var code = frame.unsignedByte(1);
        return switch (frame.unsignedByte(0)) {
            case 0 -> new ExitStatus.Exited(code);
            case 1 -> new ExitStatus.Signaled(code);
            case 2 -> new ExitStatus.TimedOut();
            case 3 ->
                new ExitStatus.NotStarted(
                        code,
                        new String(frame.buffer(), frame.offset() + 2, frame.length() - 2, StandardCharsets.UTF_8));
            default -> throw FrameReader.garbled("an end of no kind");
        };
    }
}
