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

/** The folder of a lab, bind-mounted over libvirt's own folders inside the lab. */
record LabFolder(Path path) {
    private static final List<String> PARTS = List.of("run", "etc", "lib", "cache", "log", "log/qemu", "root");

    /** Excludes the admin and read-only sockets, and those of virtlogd and virtlockd, which serve other daemons. */
    private static final Pattern DAEMON_SOCKET = Pattern.compile("virt(?!logd|lockd)[a-z]+d-sock");

    private static final Pattern DAEMON_LOG = Pattern.compile("(?:libvirtd|virt[a-z]+d)\\.(?:out|log)");

    /**
     * Debian's package has the stock filters in the first folder, and copies them to the second during installation.
     */
    private static final List<Path> STOCK_FILTERS =
            List.of(Path.of("usr/share/libvirt/nwfilter"), Path.of("etc/libvirt/nwfilter"));

    LabEndpoint endpoint() {
        return new LabEndpoint(path.resolve("run/libvirt-sock"), path.resolve("run/libvirt-sock-ro"));
    }

    /**
     * Return the sockets of all daemons that accept clients: only libvirtd's, or one for each driver's daemon plus that
     * of virtproxyd, which has libvirtd's name.
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

    /** Return the file in which the first process records its identity. */
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

    /** Return the file that names the lab's release, if it is not the machine's. */
    Path release() {
        return path.resolve("release");
    }

    /**
     * Create the folder with everything that the first process needs.
     *
     * @param root the root of the system that the lab runs
     * @param filterBackend what implements filters, if libvirt is not to choose; versions of libvirt with only one
     *     ignore it
     */
    void create(Path root, Optional<String> filterBackend) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        for (var part : PARTS) {
            Files.createDirectories(path.resolve(part));
            // VMs run as another user, and see these as libvirt's own folders.
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

    /** Return the last lines written by the daemons and the first process. */
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

    /** Delete it with its content. Links are deleted and not followed. */
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
