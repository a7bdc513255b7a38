package dev.paddock.host.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Removes terminal control sequences from a guest's output, because a guest must not control the terminal on which its
 * log is read.
 */
public final class TerminalSanitizer extends OutputStream {
    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;

    /** The first byte of the two-byte UTF-8 sequences for the control characters of ISO 6429, and for others. */
    private static final int LEAD = 0xc2;

    private final OutputStream out;
    private State state = State.TEXT;

    private enum State {
        TEXT,
        AFTER_ESCAPE,
        IN_SEQUENCE,
        IN_STRING,
        AFTER_LEAD
    }

    public TerminalSanitizer(OutputStream out) {
        this.out = out;
    }

    /** Return a text without control characters except line breaks and tabs. */
    public static String text(byte[] bytes) {
        var kept = new ByteArrayOutputStream();
        try (var harmless = new TerminalSanitizer(kept)) {
            harmless.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int octet) throws IOException {
        var value = octet & 0xff;
        switch (state) {
            case TEXT -> text(value);
            case AFTER_ESCAPE ->
                state = switch (value) {
                    case '[' -> State.IN_SEQUENCE;
                    // Command strings, which end with a bell or another escape: OSC, DCS, SOS, PM, APC.
                    case ']', 'P', 'X', '^', '_' -> State.IN_STRING;
                    default -> value >= 0x20 && value <= 0x2f ? State.AFTER_ESCAPE : State.TEXT;
                };
            case IN_SEQUENCE -> {
                if (value >= 0x40 && value <= 0x7e) {
                    state = State.TEXT;
                } else if (value == '\n') {
                    state = State.TEXT;
                    text(value);
                }
            }
            case IN_STRING -> {
                if (value == 0x07 || value == '\n') {
                    state = State.TEXT;
                } else if (value == ESCAPE) {
                    state = State.AFTER_ESCAPE;
                }
            }
            case AFTER_LEAD -> {
                state = State.TEXT;
                if (value < 0x80 || value > 0x9f) {
                    out.write(LEAD);
                    text(value);
                }
            }
        }
    }

    private void text(int value) throws IOException {
        if (value == ESCAPE) {
            state = State.AFTER_ESCAPE;
        } else if (value == LEAD) {
            state = State.AFTER_LEAD;
        } else if (value == '\n' || value == '\t' || (value >= 0x20 && value != DELETE)) {
            out.write(value);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
