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

/** Manages the folders that guests share with the host, and the results collected from them. */
final class SlotFolders {
    private static final String WORKSPACES = "workspaces";
    private static final String RESULTS = "results";
    private static final Duration RESULTS_RETENTION = Duration.ofDays(1);

    private final String uri;
    private final Path base;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Creating it asks libvirt, and most pools need none.
    private Optional<Workspaces> workspaces = Optional.empty();

    /** @param base the parent of all folders; QEMU's user may enter it, but not list it */
    SlotFolders(String uri, Path base) {
        this.uri = uri;
        this.base = base;
    }

    /** Create the workspace of a guest before it starts. Return the device that shares it. */
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
     * Copy the results of a guest that is not running to a folder of its user, where they are kept for a day. The folder
     * gets its name once the results are complete.
     */
    LeaseResults collect(String slot, String lease, String owner) {
        var earlier = results(lease);
        if (earlier.folder().isPresent()) {
            return earlier;
        }
        var uid = id("-u", owner);
        var gid = id("-g", owner);
        try {
            deleteExpired();
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

    /** Return the results of a lease, if they were collected. */
    LeaseResults results(String lease) {
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

    /** Remove a folder by {@code rm}, which copes with an owner who changes it meanwhile. */
    private static void remove(Path folder) {
        Program.of("rm", "-rf", "--one-file-system", "--", folder.toString()).run();
    }

    /** Delete results that are older than a day. */
    private void deleteExpired() throws IOException {
        var results = folder(base.resolve(RESULTS), "rwx--x--x");
        try (var leases = Files.newDirectoryStream(results)) {
            for (var lease : leases) {
                if (Files.getLastModifiedTime(lease)
                        .toInstant()
                        .isBefore(Instant.now().minus(RESULTS_RETENTION))) {
                    remove(lease);
                }
            }
        }
    }
}
