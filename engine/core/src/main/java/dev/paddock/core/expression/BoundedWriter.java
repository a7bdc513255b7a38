package dev.paddock.core.expression;

import java.io.IOException;
import java.io.Writer;

/** A writer into memory with a maximum length. */
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

    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        room(length);
        text.append(source, offset, length);
    }

    @Override
    public void write(String source, int offset, int length) throws IOException {
        room(length);
        text.append(source, offset, offset + length);
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
