package dev.paddock.host.workspace;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.guest.TarPacker;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import dev.paddock.host.workspace.Workspace.Backing;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The workspaces of a machine, one per slot. Requires root. Every call can be repeated, even after this program was
 * killed during it. Calls for the same slot are serialized.
 *
 * @param machine where libvirt runs
 * @param base the folder that contains them; created if missing, with permissions to traverse but not to list it
 * @param uid the user that runs QEMU there
 */
public record Workspaces(LibvirtMachine machine, Path base, int uid, int gid) {
    private static final Pattern SLOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final long LEAST = 1 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);
    private static final int MOST_COMPLAINTS = 100;
    private static final int MOST_TOLD = 2000;
    private static final int PIPE = 256 * 1024;

    /** Without this attribute, 9p cannot map anything: Linux supports it on tmpfs since 6.6. */
    private static final String PROBE = "user:paddock.probe";

    public Workspaces {
        if (!base.isAbsolute()) {
            throw new IllegalArgumentException("[%s] is no absolute path".formatted(base));
        }
        base = base.normalize();
    }

    /**
     * Return the empty workspace of a slot. Create it before QEMU starts, because a running QEMU does not see a later
     * one; recreate it with another size only once QEMU has ended.
     *
     * @param bytes its capacity, including the overhead of the file system; at least 1 MiB
     */
    public Workspace create(String slot, long bytes) {
        if (bytes < LEAST) {
            throw new IllegalArgumentException("A workspace has at least 1 MiB.");
        }
        var made = run("create", slot, Long.toString(bytes), Integer.toString(uid), Integer.toString(gid));
        var backing = made.strip().equals("disk") ? Backing.DISK : Backing.MEMORY;
        if (backing == Backing.MEMORY) {
            requireAttributes(slot);
        }
        return new Workspace(base.resolve(slot).resolve("share"), backing);
    }

    /** Delete the content of a workspace, but not the folder, which QEMU has open. No guest may have it mounted. */
    public void empty(String slot) {
        run("empty", slot, Integer.toString(uid), Integer.toString(gid));
    }

    /** Delete a workspace. Its space is free once QEMU has ended. */
    public void remove(String slot) {
        run("remove", slot);
    }

    /** Return the slots that have a workspace or remains of one. */
    public List<String> slots() {
        return run("list").lines().filter(slot -> SLOT.matcher(slot).matches()).toList();
    }

    /**
     * Copy {@code output} of a workspace into a folder of this machine, with the rights of its owner, so that a
     * malicious target can only harm its owner. Only files and folders are copied, with their modes except for the
     * set-user-ID, set-group-ID and sticky bits. The VM should be paused.
     *
     * @param target created if missing, in an existing folder
     */
    public CollectedResults collect(String slot, Path target, int owner, int group) {
        var output = seen(slot).resolve("share").resolve("output");
        if (!Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)) {
            return new CollectedResults(0, 0, List.of("./: the guest has removed the folder output"));
        }
        var results = new ResultFiles(size(slot));
        var complaints = copy(output, results, target, owner, group).stream()
                .map(complaint -> complaint.replace(output + "/", "./").replaceAll("\\p{Cntrl}", "?"))
                .toList();
        return new CollectedResults(results.files(), results.bytes(), shortened(complaints));
    }

    private static List<String> copy(Path output, ResultFiles results, Path target, int owner, int group) {
        var unpacking = new Program(
                // The environment of this program must not leak to the owner.
                List.of(
                        "env",
                        "-i",
                        "PATH=/usr/bin:/bin",
                        "LC_ALL=C.UTF-8",
                        "setpriv",
                        "--reuid=" + owner,
                        "--regid=" + group,
                        "--clear-groups",
                        "--no-new-privs",
                        "sh",
                        "-c",
                        "umask 022; mkdir -p -- \"$1\" && exec tar --extract --no-same-owner --file=- --directory=\"$1\"",
                        "sh",
                        target.toAbsolutePath().toString()),
                Map.of(),
                COPY_LIMIT);
        var packed = new CompletableFuture<List<String>>();
        try (var read = new PipedInputStream(PIPE)) {
            var write = new PipedOutputStream(read);
            Thread.ofPlatform().daemon().name("workspace-results").start(() -> {
                try (write) {
                    packed.complete(TarPacker.pack(output, write, results));
                } catch (IOException | RuntimeException failure) {
                    packed.completeExceptionally(failure);
                }
            });
            var outcome = unpacking.runReading(read);
            if (!outcome.isSuccess()) {
                throw failed(
                        "The results cannot be copied to " + target + ". " + beginning(outcome.explanation()),
                        "See that the folder is one that its owner may write to, and that there is room in it.");
            }
            return packed.join();
        } catch (IOException failure) {
            throw failed("The results cannot be read: " + failure, "Look at the file system of " + output + ".");
        }
    }

    private static String beginning(String text) {
        return text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD) + "...";
    }

    private static List<String> shortened(List<String> complaints) {
        if (complaints.size() <= MOST_COMPLAINTS) {
            return complaints;
        }
        var some = new ArrayList<>(complaints.subList(0, MOST_COMPLAINTS));
        some.add("and %d more".formatted(complaints.size() - MOST_COMPLAINTS));
        return some;
    }

    private long size(String slot) {
        try {
            return Long.parseLong(Files.readString(seen(slot).resolve("bytes")).strip());
        } catch (IOException | NumberFormatException failure) {
            throw failed("There is no workspace of the slot " + slot + ": " + failure, "Create it again.");
        }
    }

    private void requireAttributes(String slot) {
        try {
            var share = seen(slot).resolve("share");
            Files.setAttribute(share, PROBE, new byte[] {1});
        } catch (IOException | UnsupportedOperationException refused) {
            remove(slot);
            throw failed(
                    "This machine has no loop devices, and its kernel keeps no attributes in memory, of which 9p is in need.",
                    "Load the kernel's module loop, or use Linux 6.6 or newer.");
        }
    }

    /** Return the folder of a slot, as seen by this program. */
    private Path seen(String slot) {
        require(slot);
        return machine.root()
                .orElseThrow(() -> outOfReach())
                .resolve(Path.of("/").relativize(base))
                .resolve(slot);
    }

    private String run(String verb, String slot, String... more) {
        require(slot);
        return script(Stream.concat(Stream.of(verb, base.toString(), slot), Stream.of(more))
                .toList());
    }

    private String run(String verb) {
        return script(List.of(verb, base.toString()));
    }

    private String script(List<String> arguments) {
        var command = Stream.concat(Stream.of("sh", "-c", text(), "workspace"), arguments.stream())
                .toList();
        try {
            var outcome = new Program(machine.command(command).orElseThrow(() -> outOfReach()), Map.of(), LIMIT).run();
            if (outcome instanceof ProcessResult.Ended ended && ended.succeeded()) {
                return ended.output();
            }
            throw failed(
                    "In %s, to %s a workspace failed. %s".formatted(base, arguments.getFirst(), outcome.explanation()),
                    "See that the packages e2fsprogs, mount and util-linux are there, and that there is room for it.");
        } catch (LabException failure) {
            throw new WorkspaceException(failure.diagnostic());
        }
    }

    private static void require(String slot) {
        if (!SLOT.matcher(slot).matches()) {
            throw new IllegalArgumentException("[%s] is no name of a slot".formatted(slot));
        }
    }

    private static WorkspaceException failed(String what, String fix) {
        return new WorkspaceException(Diagnostic.error(Code.WORKSPACE_FAILED, what, fix));
    }

    private static WorkspaceException outOfReach() {
        return failed(
                "The machine of this libvirt cannot be reached from here otherwise.",
                "Run paddock on the machine on which libvirt runs.");
    }

    private static String text() {
        try (InputStream script = Objects.requireNonNull(Workspaces.class.getResourceAsStream("workspace.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException("The script is not in the program. This is a bug.", failure);
        }
    }
}
