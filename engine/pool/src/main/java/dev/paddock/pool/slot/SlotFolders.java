package dev.paddock.pool.slot;

import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.domain.QemuUser;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import dev.paddock.host.workspace.WorkspaceException;
import dev.paddock.host.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The folders that guests share with their host, and what was found in them when a guest was given back. */
final class SlotFolders {
    private static final String WORKSPACES = "workspaces";
    private static final String RESULTS = "results";
    private static final Duration KEPT = Duration.ofDays(1);

    private final String uri;
    private final Path base;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // It takes asking libvirt, and most pools have none.
    private Optional<Workspaces> workspaces = Optional.empty();

    /** @param base for all of them; QEMU's user can look for what it knows the name of in there */
    SlotFolders(String uri, Path base) {
        this.uri = uri;
        this.base = base;
    }

    /** Make the workspace of a guest that is to be started, and return the device by which it gets it. */
    Element create(String slot, long bytes) {
        return with(all -> all.create(slot, bytes).device());
    }

    void empty(String slot) {
        with(all -> {
            all.empty(slot);
            return true;
        });
    }

    void remove(String slot) {
        with(all -> {
            all.remove(slot);
            return true;
        });
    }

    /**
     * Copy the results of a guest that stands still to a folder of its user's, where they are for a day. They get their
     * name when they are whole.
     */
    LeaseResults collect(String slot, String lease, String owner) {
        var before = kept(lease);
        if (before.folder().isPresent()) {
            return before;
        }
        var uid = id("-u", owner);
        var gid = id("-g", owner);
        try {
            tidy();
            var target = folder(lease);
            var part = target.resolveSibling(lease + ".part");
            remove(part);
            folder(part, "rwx------");
            Files.setAttribute(part, "unix:uid", uid);
            Files.setAttribute(part, "unix:gid", gid);
            var collected = with(all -> all.collect(slot, part, uid, gid));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return new LeaseResults(Optional.of(target.toString()), collected.leftOut());
        } catch (IOException failure) {
            throw new SlotException("The results cannot be kept: " + failure.getMessage(), failure);
        }
    }

    LeaseResults kept(String lease) {
        var target = folder(lease);
        return Files.isDirectory(target)
                ? new LeaseResults(Optional.of(target.toString()), List.of())
                : LeaseResults.NONE;
    }

    private Path folder(String lease) {
        return base.resolve(RESULTS).resolve(lease);
    }

    private <T> T with(Function<Workspaces, T> use) {
        try {
            return use.apply(workspaces());
        } catch (WorkspaceException failure) {
            throw new SlotException(failure.diagnostic().detail(), failure);
        }
    }

    private synchronized Workspaces workspaces() {
        if (workspaces.isEmpty()) {
            var user = QemuUser.of(uri);
            if (user.uid() < 0) {
                throw new SlotException(
                        "libvirt does not tell as whom it runs QEMU, so nothing can be shared with it.");
            }
            try {
                var folder = folder(base, "rwx--x--x").resolve(WORKSPACES);
                workspaces = Optional.of(new Workspaces(LibvirtMachine.of(uri), folder, user.uid(), user.gid()));
            } catch (IOException failure) {
                throw new SlotException("The folder " + base + " cannot be made: " + failure.getMessage(), failure);
            }
        }
        return workspaces.orElseThrow();
    }

    private static Path folder(Path path, String permissions) throws IOException {
        Files.createDirectories(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static int id(String option, String user) {
        var outcome = Program.of("id", option, "--", user).run();
        if (outcome instanceof ProcessResult.Ended ended && ended.succeeded()) {
            return Integer.parseInt(ended.output().strip());
        }
        throw new SlotException("Nothing is known of the user " + user + ". " + outcome.explanation());
    }

    /** Its owner may change it meanwhile, which rm stands. */
    private static void remove(Path folder) {
        Program.of("rm", "-rf", "--one-file-system", "--", folder.toString()).run();
    }

    /** What nobody fetched in a day is not wanted. */
    private void tidy() throws IOException {
        var results = folder(base.resolve(RESULTS), "rwx--x--x");
        try (var leases = Files.newDirectoryStream(results)) {
            for (var lease : leases) {
                if (Files.getLastModifiedTime(lease)
                        .toInstant()
                        .isBefore(Instant.now().minus(KEPT))) {
                    remove(lease);
                }
            }
        }
    }
}
