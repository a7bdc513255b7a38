package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The daemons and the Debian package on the machine of a libvirt.
 *
 * @param modular whether a virtqemud listens, as opposed to a single libvirtd
 * @param release the code name of the Debian release; empty elsewhere
 * @param packaged the version of the package
 * @param fixed the security fixes listed in the package's changelog
 */
record LibvirtDaemon(boolean modular, String release, String packaged, Set<String> fixed) {
    private static final String LAYOUT = "libvirt's daemons";
    private static final String FIXES = "libvirt's security fixes";

    LibvirtDaemon {
        fixed = Set.copyOf(fixed);
    }

    /** Return the results for the machine of a libvirt; empty if no program can be run there. */
    static List<CheckResult> findings(String uri) {
        try {
            return LibvirtMachine.of(uri)
                    .command(List.of("sh", "-c", resource("libvirt-daemon.sh")))
                    .map(command -> Program.of(command.toArray(String[]::new)).run())
                    .flatMap(LibvirtDaemon::of)
                    .map(daemon -> List.of(daemon.layout(), daemon.fixes()))
                    .orElse(List.of());
        } catch (LabException ended) {
            return List.of();
        }
    }

    private static Optional<LibvirtDaemon> of(ProcessResult outcome) {
        return outcome instanceof ProcessResult.Ended ended && ended.succeeded()
                ? Optional.of(read(ended.output()))
                : Optional.empty();
    }

    /** Parse the output of the script. */
    static LibvirtDaemon read(String told) {
        var modular = false;
        var release = "";
        var packaged = "";
        Set<String> fixed = new HashSet<>();
        for (var line : told.lines().toList()) {
            var value = line.substring(line.indexOf('=') + 1).strip();
            switch (line.substring(0, Math.max(0, line.indexOf('=')))) {
                case "modular" -> modular = true;
                case "release" -> release = value;
                case "version" -> packaged = value;
                case "fixed" -> fixed.add(value);
                default -> {}
            }
        }
        return new LibvirtDaemon(modular, release, packaged, fixed);
    }

    CheckResult layout() {
        return CheckResult.ok(LAYOUT, modular ? "modular: virtqemud and others" : "monolithic: libvirtd");
    }

    CheckResult fixes() {
        var known = SecurityFixes.of(release, resource("libvirt-fixes"));
        if (known.isEmpty() || packaged.isEmpty()) {
            return CheckResult.skipped(FIXES, "nothing is known of this release");
        }
        var lacking = known.get().lacking(packaged, fixed);
        if (lacking.isEmpty()) {
            return CheckResult.ok(FIXES, packaged + " has all that are known here");
        }
        return CheckResult.of(
                FIXES,
                lacking.size() + " missing in " + packaged,
                Diagnostic.warning(
                        Code.FIXES_MISSING,
                        "libvirt " + packaged + " lacks the fixes of " + String.join(", ", lacking) + ".",
                        known.get()
                                .since()
                                .map(since -> "apt-get update && apt-get upgrade: " + since + " has them.")
                                .orElse("No package of this release has them: upgrade Debian, and let nobody use"
                                        + " libvirt whom you would not trust with the host.")));
    }

    private static String resource(String name) {
        try (var resource = LibvirtDaemon.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar. This is a bug in this tool.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
