package dev.paddock.testkit.lab;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabEndpoint;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The labs of this test process. They are in a folder that is named after the process and claimed by a lock, so that those
 * of a process that was killed are found by the next and cleared away. A lock is seen from every PID namespace, in which
 * the same number is another process or none.
 */
public final class Labs {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    private static final String PREFIX = "paddock-test-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,10})");
    private static final LabName SHARED = new LabName("shared");
    private static final Path FOLDER =
            TEMPORARY.resolve(PREFIX + ProcessHandle.current().pid());

    private static @Nullable FileChannel claim;

    /** What carries out filters, where libvirt shall not choose by itself. */
    private static final Optional<String> FILTER_BACKEND =
            Optional.ofNullable(System.getProperty("paddock.filter-backend"));

    private Labs() {}

    /** Return the URI of the lab that all tests of this process share; it is started by the first that asks. */
    public static String uri() {
        return endpoint().uri();
    }

    /** Return the URI of another lab of that name, which tests of this process share; the first that asks starts it. */
    public static String uri(String name) {
        return start(lab(name)).uri();
    }

    /** Return where the lab that all tests of this process share answers; it is started by the first that asks. */
    public static LabEndpoint endpoint() {
        return start(lab(SHARED.text()));
    }

    /** Return the lab that all tests of this process share, started. */
    public static Lab shared() {
        var lab = lab(SHARED.text());
        start(lab);
        return lab;
    }

    /**
     * Return a lab for one test, which is not started. It is stopped with the others when the process ends, if the test
     * does not.
     */
    public static Lab lab(String name) {
        var lab = Lab.named(new LabName(name), folder());
        return FILTER_BACKEND.map(lab::filteringBy).orElse(lab);
    }

    /** Return the folder that the labs of this process are in, for {@code PADDOCK_LAB_DIR}. */
    public static synchronized Path folder() {
        if (claim == null) {
            claim = claimed(FOLDER)
                    .orElseThrow(
                            () -> new IllegalStateException("The labs of %s are another process's.".formatted(FOLDER)));
        }
        return FOLDER;
    }

    /** Claim the labs in a folder for as long as the channel is open; empty where they are another process's. */
    private static Optional<FileChannel> claimed(Path folder) {
        try {
            var channel = FileChannel.open(lock(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path lock(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    private static void release(Path folder, FileChannel channel) {
        try (channel) {
            Files.deleteIfExists(lock(folder));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static synchronized LabEndpoint start(Lab lab) {
        try {
            return lab.start();
        } catch (LabException failure) {
            throw new IllegalStateException(
                    "%s %s"
                            .formatted(
                                    failure.diagnostic().detail(),
                                    failure.diagnostic().fix().orElse("")),
                    failure);
        }
    }

    /** End all labs of this process, and those of processes that ended without doing so. */
    static synchronized void stopAll() {
        if (claim != null) {
            stop(FOLDER);
            release(FOLDER, claim);
            claim = null;
        }
        for (var folder : abandoned()) {
            claimed(folder).ifPresent(channel -> {
                stop(folder);
                release(folder, channel);
            });
        }
    }

    private static void stop(Path folder) {
        for (var lab : Lab.all(folder)) {
            try {
                lab.stop();
            } catch (LabException failure) {
                throw new IllegalStateException(failure.diagnostic().detail(), failure);
            }
        }
    }

    /** Return the folders whose process is not to be seen here; it may live in another PID namespace. */
    private static List<Path> abandoned() {
        var found = new ArrayList<Path>();
        try (var folders = Files.newDirectoryStream(TEMPORARY, PREFIX + "*")) {
            for (var folder : folders) {
                var name = NAME.matcher(String.valueOf(folder.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    found.add(folder);
                }
            }
            return found;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
