package dev.paddock.host.image;

import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.identity.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that is being received: first the data received earlier, then new data, which is saved for the next attempt
 * before it is returned.
 */
final class ResumableFile extends InputStream {
    private final InputStream before;
    private final InputStream coming;
    private final OutputStream kept;
    private final long length;
    private final ProgressListener progress;
    private final MessageDigest sha256;
    private long done;

    /**
     * @param file the data received earlier, which is appended to
     * @param length the total length, or -1 if unknown
     */
    ResumableFile(Path file, InputStream coming, long length, ProgressListener progress) throws IOException {
        this.coming = coming;
        this.length = length;
        this.progress = progress;
        sha256 = Sha256.begin();
        kept = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        before = new Limited(Files.newInputStream(file), Files.size(file));
    }

    /** The server or the connection failed, as opposed to this computer's disk. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String message, Throwable cause) {
            super(message, cause);
        }

        Broken(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] block, int offset, int size) throws IOException {
        var count = before.read(block, offset, size);
        if (count < 0) {
            count = receive(block, offset, size);
            if (count > 0) {
                kept.write(block, offset, count);
            }
        }
        if (count > 0) {
            sha256.update(block, offset, count);
            done += count;
            progress.at("downloading", done, Math.max(0, length));
        }
        return count;
    }

    private int receive(byte[] block, int offset, int size) throws Broken {
        int count;
        try {
            count = coming.read(block, offset, size);
        } catch (IOException broken) {
            throw new Broken(String.valueOf(broken.getMessage()), broken);
        }
        if (count < 0 && done < length) {
            throw new Broken("the server closed the connection");
        }
        return count;
    }

    /** Return the number of bytes so far. */
    long done() {
        return done;
    }

    long length() {
        return length;
    }

    /** Return the checksum of all data read. */
    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Override
    public void close() throws IOException {
        try (before;
                kept) {
            coming.close();
        }
    }

    /** Reads a file that grows meanwhile, only up to its initial length. */
    private static final class Limited extends java.io.FilterInputStream {
        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] block, int offset, int size) throws IOException {
            if (left == 0) {
                return -1;
            }
            var count = super.read(block, offset, (int) Math.min(size, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
