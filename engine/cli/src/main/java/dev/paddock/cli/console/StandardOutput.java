package dev.paddock.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The standard output, which remembers why it could not be written. A {@link java.io.PrintStream} does not report the
 * reason.
 */
public final class StandardOutput extends FileOutputStream {
    private static final String NOBODY_READS = "Broken pipe";

    private volatile @Nullable IOException failure;

    public StandardOutput(FileDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException lost) {
            failure = lost;
            throw lost;
        }
    }

    /**
     * Return why output was lost; absent if nothing was lost. A reader that closes the pipe early, such as
     * {@code head}, is not a loss.
     */
    public Optional<String> loss() {
        return Optional.ofNullable(failure)
                .map(lost -> String.valueOf(lost.getMessage()))
                .filter(why -> !why.equals(NOBODY_READS));
    }
}
