package dev.paddock.host.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written, of which it is known when its disk is at fault, and not what is read meanwhile. */
final class WrittenFile extends FilterOutputStream {
    WrittenFile(OutputStream file) {
        super(file);
    }

    /** The disk does not take it. */
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
