package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.packages.DebianMirror;
import dev.paddock.host.process.CurrentUser;
import dev.paddock.host.process.FileLock;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of a Debian release with its libvirt and QEMU, built once by mmdebstrap from the mirror of this machine's
 * apt and kept in the user's cache. Labs see it through an overlay, so it never changes.
 *
 * @param packages installed in addition to what a lab needs
 */
public record ReleaseRoot(DebianRelease release, List<String> packages) {
    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final int KEY_LENGTH = 8;

    /**
     * What a lab needs, by names that every release since Debian 12 has. The emulator is for the machine's
     * architecture.
     */
    private static final List<String> LAB = List.of(
            "ca-certificates",
            "dnsmasq-base",
            "e2fsprogs",
            "ebtables",
            "iproute2",
            "iptables",
            "libvirt-clients",
            "libvirt-daemon-system",
            "mount",
            "nftables",
            "ovmf",
            "qemu-utils",
            "util-linux");

    /**
     * Backends of storage pools that newer releases have in separate packages: an apt pattern, which may match none.
     */
    private static final String BACKENDS = "?name(\"^libvirt-daemon-driver-storage-(disk|iscsi|logical|mpath|scsi)$\")";

    /** What is taken from backports; packages built from the same sources follow. */
    private static final List<String> NEWER = List.of("libvirt-clients", "libvirt-daemon-system", "ovmf", "qemu-utils");

    public ReleaseRoot {
        packages = List.copyOf(packages);
    }

    /** Return the folder of the root, which need not exist. */
    public Path folder() {
        return cache().resolve(release.suite() + "-" + key());
    }

    /** Return the folder of the root, built first if missing, by one process at a time. */
    public Path make() throws LabException {
        var kept = folder();
        if (Files.isDirectory(kept)) {
            return kept;
        }
        requireRoot();
        try {
            return FileLock.holding(kept.resolveSibling(kept.getFileName() + ".lock"), () -> {
                if (!Files.isDirectory(kept)) {
                    var unfinished = kept.resolveSibling(kept.getFileName() + ".part");
                    new LabFolder(unfinished).delete();
                    bootstrap(unfinished);
                    Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
                }
                return kept;
            });
        } catch (IOException failure) {
            throw failed("The folder " + kept + " cannot be prepared: " + failure.getMessage());
        }
    }

    private void bootstrap(Path folder) throws LabException {
        // The namespace takes mmdebstrap's mounts with it, however it ends.
        var command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--fork",
                "--kill-child",
                "mmdebstrap",
                "--quiet",
                "--mode=root",
                "--variant=minbase",
                "--aptopt=APT::Install-Recommends \"false\"",
                "--include=" + String.join(",", included()),
                "--include=" + BACKENDS));
        DebianMirror.options().forEach(option -> command.add("--aptopt=" + option));
        if (release.backports()) {
            command.add("--customize-hook=chroot \"$1\" apt-get -q -y -t %s --no-install-recommends install %s %s '%s'"
                    .formatted(release.suite(), String.join(" ", NEWER), emulator(), BACKENDS));
        }
        command.addAll(List.of(release.codename(), folder.toString()));
        var mirror = DebianMirror.ofMachine()
                .orElseThrow(() -> failed("This machine's apt has no source of Debian's packages."));
        var keyring = DebianMirror.keyring().map(" [signed-by=%s]"::formatted).orElse("");
        suites().forEach(suite -> command.add("deb%s %s %s main".formatted(keyring, mirror, suite)));
        var outcome = new Program(command, Map.of("LC_ALL", "C.UTF-8"), LIMIT).run();
        if (!outcome.isSuccess()) {
            new LabFolder(folder).delete();
            throw failed("`mmdebstrap` failed: " + tail(outcome));
        }
    }

    private Stream<String> suites() {
        return release.backports() ? Stream.of(release.codename(), release.suite()) : Stream.of(release.codename());
    }

    private List<String> included() {
        return Stream.of(LAB.stream(), Stream.of(emulator()), packages.stream())
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    private static String emulator() {
        return switch (System.getProperty("os.arch", "")) {
            case "aarch64" -> "qemu-system-arm";
            case "ppc64le" -> "qemu-system-ppc";
            case "s390x" -> "qemu-system-misc";
            default -> "qemu-system-x86";
        };
    }

    /** Return the key, which differs for other packages. */
    private String key() {
        return UUID.nameUUIDFromBytes((String.join(" ", included()) + BACKENDS).getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, KEY_LENGTH);
    }

    private static Path cache() {
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).filter(text -> text.startsWith("/"));
        return Path.of(cache.orElse(System.getProperty("user.home", "/") + "/.cache"))
                .resolve("paddock/roots");
    }

    private static String tail(ProcessResult outcome) {
        var lines = outcome.explanation().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private void requireRoot() throws LabException {
        if (!CurrentUser.read().isRoot()) {
            throw new LabException(Diagnostic.error(
                    Code.PERMISSION_DENIED,
                    "The files of another release belong to several users, and only root can create those.",
                    "Run the same command as root, for example with sudo."));
        }
    }

    private LabException failed(String what) {
        return new LabException(Diagnostic.error(
                Code.LAB_FAILED,
                "The root of %s cannot be made. %s".formatted(release, what),
                "See that this machine's apt has a source of Debian's packages, that its mirror has the release, and that"
                        + " there is room in " + cache() + "."));
    }
}
