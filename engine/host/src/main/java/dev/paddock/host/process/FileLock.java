package dev.paddock.host.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock among the processes of this machine and the threads of this process.
 *
 * <p>The kernel releases it when its holder ends, however that happens. The lock file is deleted with it, so after
 * locking a file, its holder must check that the file is still the one at the path.
 */
public final class FileLock {
    /** A process cannot lock a file twice, so its threads queue here first. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private FileLock() {}

    /** Work to do under a lock. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run() throws IOException, X;
    }

    /** Wait for the lock, and work while holding it. */
    public static <T, X extends Exception> T holding(Path file, Work<T, X> work) throws IOException, X {
        var thread = THREADS.computeIfAbsent(file, any -> new ReentrantLock());
        thread.lock();
        try {
            var channel = take(file);
            try {
                return work.run();
            } finally {
                // Deleted while still locked, so that waiting processes see that it is gone.
                Files.deleteIfExists(file);
                channel.close();
            }
        } finally {
            thread.unlock();
        }
    }

    private static FileChannel take(Path file) throws IOException {
        while (true) {
            var channel = locked(file);
            if (channel != null) {
                return channel;
            }
        }
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (NoSuchFileException folderWentAway) {
            return null;
        }
        var found = false;
        try {
            channel.lock();
            var mark = ProcessHandle.current().pid() + " " + System.nanoTime();
            channel.truncate(0).write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)));
            found = Files.readString(file, StandardCharsets.US_ASCII).equals(mark);
        } catch (NoSuchFileException fileWentAway) {
            found = false;
        } finally {
            if (!found) {
                channel.close();
            }
        }
        return found ? channel : null;
    }
}
