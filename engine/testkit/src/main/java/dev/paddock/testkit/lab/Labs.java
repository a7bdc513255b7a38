package dev.paddock.testkit.lab;

import dev.paddock.host.lab.Endpoint;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The labs of this test process. They are in a folder that is named after the process, so that those of a process that
 * was killed are found by the next and cleared away.
 */
public final class Labs {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    private static final String PREFIX = "paddock-test-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,10})");
    private static final LabName SHARED = new LabName("shared");

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
    public static Endpoint endpoint() {
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
        return Lab.named(new LabName(name), folder());
    }

    /** Return the folder that the labs of this process are in, for {@code PADDOCK_LAB_DIR}. */
    public static Path folder() {
        return TEMPORARY.resolve(PREFIX + ProcessHandle.current().pid());
    }

    private static synchronized Endpoint start(Lab lab) {
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
        stop(folder());
        abandoned().forEach(Labs::stop);
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
