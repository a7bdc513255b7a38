package dev.paddock.host.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a lab, which is bound over libvirt's own folders inside of it. */
record LabFolder(Path path) {
    private static final List<String> PARTS = List.of("run", "etc", "lib", "cache", "log", "log/qemu", "root");

    /** Not those for administrators, for reading alone, or of virtlogd and virtlockd, which serve other daemons. */
    private static final Pattern DAEMON_SOCKET = Pattern.compile("virt(?!logd|lockd)[a-z]+d-sock");

    private static final Pattern DAEMON_LOG = Pattern.compile("(?:libvirtd|virt[a-z]+d)\\.(?:out|log)");

    /** Debian's package keeps the stock filters here, and copies them to the second when it is installed. */
    private static final List<Path> STOCK_FILTERS =
            List.of(Path.of("usr/share/libvirt/nwfilter"), Path.of("etc/libvirt/nwfilter"));

    Endpoint endpoint() {
        return new Endpoint(path.resolve("run/libvirt-sock"), path.resolve("run/libvirt-sock-ro"));
    }

    /**
     * Return the sockets of all daemons that listen for clients: libvirtd's alone, or one of each daemon of a driver beside
     * that of virtproxyd, which has libvirtd's name.
     */
    List<Path> sockets() {
        try (var files = Files.list(path.resolve("run"))) {
            return Stream.concat(Stream.of(endpoint().socket()), files.filter(file -> DAEMON_SOCKET
                            .matcher(String.valueOf(file.getFileName()))
                            .matches()))
                    .toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of(endpoint().socket());
        }
    }

    /** Return the file in which the first process says who it is. */
    Path init() {
        return path.resolve("init");
    }

    Path script() {
        return path.resolve("lab-init.sh");
    }

    Path log() {
        return path.resolve("log");
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Return the file that names the release that the lab runs, if it is another than the machine's. */
    Path release() {
        return path.resolve("release");
    }

    /**
     * Make the folder and all that the first process finds in it.
     *
     * @param root the files of the system that the lab runs
     * @param filterBackend what carries out filters, where libvirt shall not choose; one that knows nothing else reads none
     *     of it
     */
    void create(Path root, Optional<String> filterBackend) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        for (var part : PARTS) {
            Files.createDirectories(path.resolve(part));
            // Guests run as another user, and see these as libvirt's own folders.
            Files.setPosixFilePermissions(path.resolve(part), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        copyResource("lab-init.sh", script());
        copyResource("libvirtd.conf", path.resolve("etc/libvirtd.conf"));
        copyResource("qemu.conf", path.resolve("etc/qemu.conf"));
        if (filterBackend.isPresent()) {
            Files.writeString(
                    path.resolve("etc/nwfilter.conf"), "firewall_backend = \"" + filterBackend.get() + "\"\n");
        }
        copyStockFilters(root);
    }

    private void copyStockFilters(Path root) throws IOException {
        var target = Files.createDirectories(path.resolve("etc/nwfilter"));
        var source = STOCK_FILTERS.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst();
        if (source.isPresent()) {
            try (Stream<Path> filters = Files.list(source.get())) {
                for (var filter :
                        filters.filter(file -> file.toString().endsWith(".xml")).toList()) {
                    Files.copy(filter, target.resolve(source.get().relativize(filter)));
                }
            }
        }
    }

    private static void copyResource(String name, Path target) throws IOException {
        try (var resource = LabFolder.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar. This is a bug in paddock.");
            }
            Files.copy(resource, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Return the last lines that the daemons and the first process wrote. */
    String lastWords() {
        var words = new StringBuilder();
        tail(log().resolve("init.out")).ifPresent(words::append);
        try (var files = Files.list(log())) {
            files.filter(file -> DAEMON_LOG
                            .matcher(String.valueOf(file.getFileName()))
                            .matches())
                    .sorted()
                    .forEach(file -> tail(file).ifPresent(words::append));
        } catch (IOException | UncheckedIOException gone) {
            return words.toString().strip();
        }
        return words.toString().strip();
    }

    private static Optional<String> tail(Path file) {
        try {
            var lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            var last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
            return Optional.of(String.join("\n", last) + "\n");
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Remove it with all that is in it. Links are removed and not followed. */
    void delete() {
        if (!exists()) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
