package dev.paddock.host.machine;

import dev.paddock.host.process.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The security fixes that a Debian release is known to have or need.
 *
 * @param since the first version of the package with the fixes, if any
 */
record SecurityFixes(Optional<String> since, List<String> names) {
    SecurityFixes {
        names = List.copyOf(names);
    }

    /** Return those of a release, by its code name; absent if the release is unknown. */
    static Optional<SecurityFixes> of(String release, String table) {
        return table.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.strip().split(" ", -1)))
                .filter(words -> words.size() > 2 && words.getFirst().equals(release))
                .findFirst()
                .map(words -> new SecurityFixes(
                        Optional.of(words.get(1)).filter(version -> !version.equals("-")),
                        words.subList(2, words.size())));
    }

    /** Return the fixes that a package lacks. */
    List<String> lacking(String packaged, Set<String> inChangelog) {
        return since.filter(version -> isAtLeast(packaged, version)).isPresent()
                ? List.of()
                : names.stream().filter(name -> !inChangelog.contains(name)).toList();
    }

    private static boolean isAtLeast(String packaged, String version) {
        return Program.of("dpkg", "--compare-versions", packaged, "ge", version)
                .run()
                .isSuccess();
    }
}
