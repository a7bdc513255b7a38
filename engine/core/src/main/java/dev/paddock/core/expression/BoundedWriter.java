package dev.paddock.core.expression;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** A writer into memory with a maximum length, which notes what is computed from secrets. */
final class BoundedWriter extends Writer {
    /** In characters; no libvirt document is that long. */
    static final int MAX_LENGTH = 4 * 1024 * 1024;

    /** The maximum length is exceeded. */
    static final class LimitExceededException extends IOException {
        private static final long serialVersionUID = 1L;

        static final String REASON = "Its result is longer than " + MAX_LENGTH + " characters.";

        LimitExceededException() {
            super(REASON);
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final List<RenderedText.Range> computed = new ArrayList<>();
    private final SecretTrace trace;

    BoundedWriter(SecretTrace trace) {
        this.trace = trace;
    }

    /** Freemarker writes constant text as an array, and also the references that it escapes characters by. */
    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        room(length);
        if (length == 0) {
            return;
        }
        if (trace.isTainted() && source[offset] == '&' && source[offset + length - 1] == ';') {
            note(length);
        } else {
            trace.constant();
        }
        text.append(source, offset, length);
    }

    /** Freemarker writes the values of interpolations as texts. */
    @Override
    public void write(String source, int offset, int length) throws IOException {
        room(length);
        if (trace.isTainted()) {
            note(length);
        }
        text.append(source, offset, offset + length);
    }

    private void note(int length) {
        var start = text.length();
        if (!computed.isEmpty() && computed.getLast().end() == start) {
            computed.set(
                    computed.size() - 1,
                    new RenderedText.Range(computed.getLast().start(), start + length));
        } else {
            computed.add(new RenderedText.Range(start, start + length));
        }
    }

    RenderedText rendered() {
        return new RenderedText(toString(), computed);
    }

    private void room(int length) throws IOException {
        if (text.length() + length > MAX_LENGTH) {
            throw new LimitExceededException();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
