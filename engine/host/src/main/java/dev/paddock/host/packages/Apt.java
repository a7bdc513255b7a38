package dev.paddock.host.packages;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.CurrentUser;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Installs packages with apt-get without starting their daemons. */
public final class Apt {
    private static final Path LISTS = Path.of("/var/lib/apt/lists");
    private static final Duration LISTS_ARE_OLD = Duration.ofDays(1);
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Map<String, String> UNATTENDED =
            Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8");

    private final Clock clock;

    public Apt(Clock clock) {
        this.clock = clock;
    }

    /**
     * Install what is needed.
     *
     * @return the names of the packages
     */
    public List<String> install(List<PackageNeed> needs) throws AptException {
        if (!CurrentUser.read().isRoot()) {
            throw failed("Only root can install packages.", needs);
        }
        if (Program.of("apt-get", "--version").run() instanceof ProcessResult.NotStarted) {
            throw failed("This machine has no apt-get.", needs);
        }
        if (listsAreOld()) {
            apt(needs, "update");
        }
        var names = choose(needs, available(needs));
        var policy = ServicePolicy.forbid();
        try {
            var arguments = new ArrayList<>(List.of("install", "-y", "--no-install-recommends"));
            arguments.addAll(names);
            apt(needs, arguments.toArray(String[]::new));
        } finally {
            policy.ifPresent(ServicePolicy::remove);
        }
        return names;
    }

    /** Return the first available package of each need, without duplicates; the first package if none is available. */
    static List<String> choose(List<PackageNeed> needs, Set<String> available) {
        var chosen = new LinkedHashSet<String>();
        for (var need : needs) {
            var first = need.packages().getFirst();
            chosen.add(need.packages().stream()
                    .filter(available::contains)
                    .findFirst()
                    .orElse(first));
        }
        return List.copyOf(chosen);
    }

    private static Set<String> available(List<PackageNeed> needs) {
        var command = Stream.concat(
                        Stream.of("apt-cache", "policy"),
                        needs.stream().flatMap(need -> need.packages().stream()).distinct())
                .toArray(String[]::new);
        return Program.of(command).withEnvironment(UNATTENDED).run() instanceof ProcessResult.Ended ended
                ? candidates(ended.output())
                : Set.of();
    }

    /** Parse the output of {@code apt-cache policy}: the packages that have an installable version. */
    static Set<String> candidates(String policy) {
        var found = new HashSet<String>();
        Optional<String> name = Optional.empty();
        for (var line : policy.lines().toList()) {
            if (!line.startsWith(" ") && line.endsWith(":")) {
                name = Optional.of(line.substring(0, line.length() - 1));
            } else if (line.startsWith("  Candidate: ") && !line.endsWith("(none)")) {
                name.ifPresent(found::add);
            }
        }
        return Set.copyOf(found);
    }

    private boolean listsAreOld() {
        var oldest = clock.instant().minus(LISTS_ARE_OLD);
        return newestList().filter(oldest::isBefore).isEmpty();
    }

    private static Optional<Instant> newestList() {
        try (var lists = Files.newDirectoryStream(LISTS, "*_Packages*")) {
            Optional<Instant> newest = Optional.empty();
            for (var list : lists) {
                // The file has the mirror's time, so only the folder shows when it was fetched.
                newest = Optional.of(Files.getLastModifiedTime(LISTS).toInstant());
                if (Files.size(list) == 0) {
                    return Optional.empty();
                }
            }
            return newest;
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static void apt(List<PackageNeed> needs, String... arguments) throws AptException {
        // Another installation may be running, for example at a machine's first boot.
        var command = Stream.concat(
                        Stream.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"),
                        Stream.of(arguments))
                .toList();
        var said = new ByteArrayOutputStream();
        var outcome = new Program(command, UNATTENDED, LIMIT).runShowing(said);
        if (!outcome.isSuccess()) {
            throw failed(
                    "`%s` failed. %s\n%s"
                            .formatted(
                                    String.join(" ", command),
                                    outcome.explanation(),
                                    tail(said.toString(StandardCharsets.UTF_8))),
                    needs);
        }
    }

    private static String tail(String text) {
        var lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static AptException failed(String why, List<PackageNeed> needs) {
        var names = String.join(" ", choose(needs, Set.of()));
        return new AptException(Diagnostic.error(
                Code.PACKAGE_MISSING,
                why,
                "Install them yourself, as root:\n  apt-get install --no-install-recommends " + names));
    }
}
