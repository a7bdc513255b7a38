package dev.paddock.host.packages;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds out what is missing on this machine. */
public final class Packages {
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    private Packages() {}

    /** Return what is needed for a purpose and not there. Takes no more than looking at some files. */
    public static List<Need> missing(Purpose purpose) {
        return Needs.of(purpose).stream()
                .filter(need -> !isPresent(need.presence()))
                .toList();
    }

    private static boolean isPresent(Presence presence) {
        return switch (presence) {
            case Presence.Command command -> Executables.find(command.name()).isPresent();
            case Presence.AnyCommand any ->
                any.names().stream().anyMatch(name -> Executables.find(name).isPresent());
            case Presence.Library library -> LIBRARIES.stream().anyMatch(folder -> holds(folder, library.path()));
            case Presence.AnyFile any -> any.paths().stream().map(Path::of).anyMatch(Files::exists);
        };
    }

    /** Debian keeps libraries one level down, in a folder that is named after the architecture. */
    private static boolean holds(Path folder, String path) {
        if (Files.exists(folder.resolve(path))) {
            return true;
        }
        try (var architectures = Files.newDirectoryStream(folder, "*-linux-*")) {
            for (var architecture : architectures) {
                if (Files.exists(architecture.resolve(path))) {
                    return true;
                }
            }
            return false;
        } catch (IOException noSuchFolder) {
            return false;
        }
    }

    /** Return what to tell a user who does not want the packages installed now, or cannot be asked. */
    public static Diagnostic explain(Purpose purpose, List<Need> missing) {
        var reasons = missing.stream()
                .map(need -> "  %s, %s".formatted(need.packages().getFirst(), need.reason()))
                .distinct()
                .collect(Collectors.joining("\n"));
        var names = missing.stream()
                .map(need -> need.packages().getFirst())
                .distinct()
                .collect(Collectors.joining(" "));
        return Diagnostic.error(
                Code.PACKAGE_MISSING,
                "These packages are missing %s:\n%s".formatted(purpose.phrase(), reasons),
                "Run the same command as root with --yes, or install them yourself:\n"
                        + "  apt-get install --no-install-recommends " + names);
    }
}
