package dev.paddock.host.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file being written that distinguishes errors of its disk from errors of the source. */
final class WrittenFile extends FilterOutputStream {
    WrittenFile(OutputStream file) {
        super(file);
    }

    /** The disk cannot be written. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        Full(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    @Override
    public void write(byte[] block, int offset, int size) throws IOException {
        try {
            out.write(block, offset, size);
        } catch (IOException failure) {
            throw new Full(failure);
        }
    }
}
