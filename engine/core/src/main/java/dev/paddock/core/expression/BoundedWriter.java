package dev.paddock.core.expression;

import java.io.IOException;
import java.io.Writer;

/** A text in memory that refuses to grow without bound. */
final class BoundedWriter extends Writer {
    /** More than any document of libvirt's has. */
    static final int LONGEST = 4 * 1024 * 1024;

    /** The bound is reached. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        static final String REASON = "Its result is longer than " + LONGEST + " characters.";

        Full() {
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
        if (text.length() + length > LONGEST) {
            throw new Full();
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
