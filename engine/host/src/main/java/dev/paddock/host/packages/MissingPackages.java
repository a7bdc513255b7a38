package dev.paddock.host.packages;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the packages that are missing on this machine. */
public final class MissingPackages {
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    private MissingPackages() {}

    /** Return the unmet needs of a purpose. Only looks for some files. */
    public static List<PackageNeed> missing(PackagePurpose purpose) {
        return PackageNeeds.of(purpose).stream()
                .filter(need -> !isPresent(need.presence()))
                .toList();
    }

    private static boolean isPresent(PackagePresence presence) {
        return switch (presence) {
            case PackagePresence.Command command ->
                Executables.find(command.name()).isPresent();
            case PackagePresence.AnyCommand any ->
                any.names().stream().anyMatch(name -> Executables.find(name).isPresent());
            case PackagePresence.Library library ->
                LIBRARIES.stream().anyMatch(folder -> holds(folder, library.path()));
            case PackagePresence.AnyFile any ->
                any.paths().stream().map(Path::of).anyMatch(Files::exists);
        };
    }

    /** Debian has libraries one level down, in a folder named after the architecture. */
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

    /** Return the diagnostic for a user who declines the installation, or cannot be asked. */
    public static Diagnostic explain(PackagePurpose purpose, List<PackageNeed> missing) {
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
