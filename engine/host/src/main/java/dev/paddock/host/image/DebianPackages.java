package dev.paddock.host.image;

import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian packages, downloaded and verified by this machine's apt, and unpacked without installation. */
final class DebianPackages {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Map<String, String> PLAIN = Map.of("LC_ALL", "C.UTF-8");

    private DebianPackages() {}

    /**
     * Return the packages of the current kernel: the image that a metapackage depends on, and the packages of the same
     * kernel release that the image depends on. Debian 14 has separate packages for the kernel and its modules.
     *
     * @param metapackage its name, such as {@code linux-image-amd64}
     */
    static List<String> kernel(String metapackage) throws ImageException {
        var prefix = metapackage.replaceFirst("-[^-]*$", "-");
        var image = dependencies(metapackage).stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> ImageException.notBuilt(
                        "This machine's apt knows no package " + metapackage + ".",
                        "Run apt-get update, and see that the packages of Debian are among apt's sources."));
        var release = image.substring(prefix.length() - 1);
        return Stream.concat(Stream.of(image), dependencies(image).stream().filter(name -> name.endsWith(release)))
                .distinct()
                .toList();
    }

    private static List<String> dependencies(String name) throws ImageException {
        return run("apt-cache", "depends", "--important", name)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Depends: "))
                .map(line -> line.substring("Depends: ".length()))
                .toList();
    }

    /** Download packages and unpack them into a folder, which is created. */
    static void unpack(List<String> names, Path folder) throws ImageException, IOException {
        var got = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "packages-");
        try {
            download(names, got);
            Files.createDirectories(folder);
            for (var file : files(got)) {
                run("dpkg-deb", "-x", file.toString(), folder.toString());
            }
        } finally {
            CacheFolders.delete(got);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        }
    }

    private static void download(List<String> names, Path folder) throws ImageException {
        // apt-get writes into its working directory. As root it drops privileges for that, or warns.
        var command = Stream.concat(
                        Stream.of(
                                "env",
                                "--chdir=" + folder,
                                "apt-get",
                                "-q",
                                "-o",
                                "APT::Sandbox::User=root",
                                "download"),
                        names.stream())
                .toArray(String[]::new);
        run(command);
    }

    private static String run(String... command) throws ImageException {
        var outcome =
                Program.of(command).withLimit(LIMIT).withEnvironment(PLAIN).run();
        if (outcome instanceof ProcessResult.Ended ended && ended.succeeded()) {
            return ended.output();
        }
        throw ImageException.notBuilt(
                "`" + String.join(" ", command) + "` failed: " + outcome.explanation(),
                "Fix the problem above, for example by apt-get update, and run the same command again.");
    }
}
