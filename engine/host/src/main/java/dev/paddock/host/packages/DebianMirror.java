package dev.paddock.host.packages;

import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Debian mirror of this machine's apt, for building whole systems. */
public final class DebianMirror {
    private static final List<Path> KEYRINGS = List.of(
            Path.of("/usr/share/keyrings/debian-archive-keyring.pgp"),
            Path.of("/usr/share/keyrings/debian-archive-keyring.gpg"));

    private DebianMirror() {}

    /** Return the URL of the mirror; absent if apt has no source of Debian's own packages. */
    public static Optional<String> ofMachine() {
        // The origin is only known for sources that were updated; for others the URL is enough.
        return Stream.of("$(ORIGIN)|$(SITE)", "|$(SITE)")
                .flatMap(format -> targets(format).stream())
                .filter(line -> line.startsWith("Debian|") || line.endsWith("/debian") || line.endsWith("/debian/"))
                .map(line -> line.substring(line.indexOf('|') + 1))
                .filter(site -> !site.contains("security"))
                .findFirst();
    }

    /** Return the file with the keys of Debian's archive, if this machine has it. */
    public static Optional<Path> keyring() {
        return KEYRINGS.stream().filter(Files::isReadable).findFirst();
    }

    /** Return this machine's apt options for proxies and for the age of what it downloads. */
    public static List<String> options() {
        return output("apt-config", "dump", "Acquire")
                .lines()
                .filter(line -> line.matches("Acquire::(https?::Proxy|Check-Valid-Until|Check-Date) .*"))
                .map(line -> line.replaceFirst(";$", ""))
                .toList();
    }

    private static List<String> targets(String format) {
        return output("apt-get", "indextargets", "--format", format, "Created-By: Packages")
                .lines()
                .distinct()
                .toList();
    }

    private static String output(String... command) {
        return Program.of(command).run() instanceof ProcessResult.Ended ended && ended.succeeded()
                ? ended.output()
                : "";
    }
}
