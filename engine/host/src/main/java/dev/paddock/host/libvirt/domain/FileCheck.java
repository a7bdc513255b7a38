package dev.paddock.host.libvirt.domain;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.xml.Element;
import dev.paddock.host.image.Qcow2;
import dev.paddock.host.machine.LibvirtMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks before the start of a VM whether QEMU will be able to open its files: libvirt and QEMU only report the first
 * failure, and not its cause.
 *
 * <p>Works on this machine and in labs, whose files are visible here. For other hosts, libvirt's own error is
 * explained.
 */
final class FileCheck {
    private static final int MOST_IN_CHAIN = 200;
    private static final Pattern REFUSED_FILE = Pattern.compile(
            "(?:Cannot access storage file|Cannot access backing file|Could not open|could not load kernel)"
                    + " '([^']+)'.*(Permission denied|No such file or directory)",
            Pattern.DOTALL);

    private final LibvirtMachine machine;
    private final QemuUser user;

    FileCheck(LibvirtMachine machine, QemuUser user) {
        this.machine = machine;
        this.user = user;
    }

    /** How a file is used. */
    private enum Use {
        READ,
        WRITE,
        FOLDER_READ,
        FOLDER_WRITE,
        /** Opened by another program than QEMU, or created if missing: its folder must exist. */
        THERE
    }

    /** A path in a VM's document, and the part that contains it. */
    private record Wanted(String path, String part, Use use) {}

    /** Throw for the first file that QEMU could not open. */
    void require(Element guest) {
        var root = machine.root();
        if (root.isEmpty()) {
            return;
        }
        for (var wanted : wanted(guest)) {
            check(root.get(), wanted);
        }
    }

    private static List<Wanted> wanted(Element guest) {
        List<Wanted> wanted = new ArrayList<>();
        for (var os : guest.children("os")) {
            for (var part : List.of("kernel", "initrd", "dtb", "loader")) {
                os.childText(part).ifPresent(path -> wanted.add(new Wanted(path, "the " + part, Use.READ)));
            }
        }
        for (var devices : guest.children("devices")) {
            devices.children("disk").forEach(disk -> disk(disk).ifPresent(wanted::add));
            devices.children("filesystem").forEach(share -> share(share).ifPresent(wanted::add));
        }
        return wanted;
    }

    private static Optional<Wanted> disk(Element disk) {
        var source = disk.child("source");
        var isOptional = source.flatMap(found -> found.attribute("startupPolicy"))
                .filter(policy -> !policy.equals("mandatory"))
                .isPresent();
        var target =
                disk.child("target").flatMap(found -> found.attribute("dev")).orElse("");
        var reads = disk.child("readonly").isPresent()
                || disk.attribute("device").filter("cdrom"::equals).isPresent();
        return isOptional
                ? Optional.empty()
                : source.flatMap(found -> found.attribute("file").or(() -> found.attribute("dev")))
                        .map(path -> new Wanted(path, "disk " + target, reads ? Use.READ : Use.WRITE));
    }

    private static Optional<Wanted> share(Element share) {
        var isOfDaemon = share.child("driver")
                .flatMap(driver -> driver.attribute("type"))
                .filter("virtiofs"::equals)
                .isPresent();
        var use = isOfDaemon ? Use.THERE : share.child("readonly").isPresent() ? Use.FOLDER_READ : Use.FOLDER_WRITE;
        var tag =
                share.child("target").flatMap(target -> target.attribute("dir")).orElse("");
        return share.child("source")
                .flatMap(source -> source.attribute("dir"))
                .map(path -> new Wanted(path, "the share " + tag, use));
    }

    private void check(Path root, Wanted wanted) {
        Set<String> seen = new LinkedHashSet<>();
        Optional<String> path = Optional.of(wanted.path());
        var use = wanted.use();
        while (path.isPresent() && seen.add(path.get()) && seen.size() < MOST_IN_CHAIN) {
            var at = path.get();
            if (!at.startsWith("/")) {
                return;
            }
            var part = at.equals(wanted.path()) ? wanted.part() : "the chain of images behind " + wanted.part();
            checkOne(root, new Wanted(at, part, use));
            path = use == Use.READ || use == Use.WRITE ? Qcow2.backingFile(root, at) : Optional.empty();
            use = Use.READ;
        }
    }

    private void checkOne(Path root, Wanted wanted) {
        var path = Path.of(wanted.path()).normalize();
        var at = Path.of("/");
        for (var i = 0; i < path.getNameCount(); i++) {
            var inner = at.resolve(path.getName(i));
            if (i > 0 && user.isKnown() && !may(root, at, 1)) {
                throw out(
                        wanted,
                        "the folder " + at + " may not be entered by " + user + ", as whom QEMU runs",
                        "Let it in with `chmod o+x " + at + "`, or it alone with `setfacl -m u:" + user.uid() + ":x "
                                + at + "`; or keep the file below /var/lib/libvirt/images.");
            }
            if (!Files.exists(under(root, inner))) {
                throw out(
                        wanted,
                        (inner.equals(path) ? "there is no such file" : "there is no folder " + inner) + " on the host",
                        "Make it, or correct the path. What a volume keeps is best named by pool and volume, and made"
                                + " before the guest starts.");
            }
            at = inner;
        }
        var mode = mode(wanted.use());
        if (mode > 0 && user.isKnown() && !may(root, path, mode)) {
            throw out(
                    wanted,
                    user + ", as whom QEMU runs, may not " + ((mode & 2) == 2 ? "write" : "read") + " it",
                    "Give it to that user, with `chown " + user.uid() + " " + path
                            + "`; or let it in with `setfacl -m u:" + user.uid() + ((mode & 2) == 2 ? ":rwX " : ":rX ")
                            + path + "`.");
        }
    }

    /** libvirt gives QEMU ownership of the files themselves, but not of folders or their content. */
    private int mode(Use use) {
        return switch (use) {
            case READ -> user.isGivenFiles() ? 0 : 4;
            case WRITE -> user.isGivenFiles() ? 0 : 6;
            case FOLDER_READ -> 5;
            case FOLDER_WRITE -> 7;
            case THERE -> 0;
        };
    }

    private boolean may(Path root, Path path, int mode) {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(under(root, path), "unix:mode,uid,gid");
        } catch (IOException unknown) {
            return true;
        }
        if (!(attributes.get("mode") instanceof Integer bits)) {
            return true;
        }
        var shift = Objects.equals(attributes.get("uid"), user.uid())
                ? 6
                : Objects.equals(attributes.get("gid"), user.gid()) ? 3 : 0;
        return ((bits >> shift) & mode) == mode || user.uid() == 0 || user.reallyMay(machine, path, mode);
    }

    private static Path under(Path root, Path path) {
        return root.resolve(Path.of("/").relativize(path));
    }

    private static HostException out(Wanted wanted, String why, String fix) {
        return HostException.of(Diagnostic.error(
                Code.FILE_OUT_OF_REACH,
                "QEMU could not open " + wanted.path() + ", " + wanted.part() + ": " + why + ".",
                fix + " Then apply again."));
    }

    /** Return an error of libvirt, with advice if a file caused it. */
    HostException explained(HostException refused) {
        var found = REFUSED_FILE.matcher(refused.reason());
        if (!found.find()) {
            return refused;
        }
        return HostException.of(Diagnostic.error(
                Code.FILE_OUT_OF_REACH,
                refused.reason() + " (libvirt error " + refused.code() + ").",
                found.group(2).startsWith("No such")
                        ? "Make " + found.group(1) + " on the host, or correct the path; then apply again."
                        : "Let " + user + ", as whom QEMU runs, read " + found.group(1)
                                + ": each folder of its path has to be one that it may enter." + user.confinement()
                                + " Then apply again."));
    }
}
