package dev.paddock.pool.slot;

import dev.paddock.api.image.ImageStore;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.machine.BootClock;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores saved states of guests, in folders that only root can enter. A guest never uses the files: it gets copies, which
 * share their blocks where the file system can do that. So no guest can change the state that later ones start from.
 *
 * <p>A state is complete once its folder has its name. It is valid until the machine reboots: then its age is unknown, and
 * QEMU may be another.
 */
final class SavedStates {
    private static final String DOCUMENT = "state.xml";
    private static final String GOLDEN = "golden";
    private static final String OWNER = "owner";
    private static final String LEASE = "lease";
    private static final String KEPT = "kept-";
    private static final String FORKS = "fork-";
    private static final Duration FORK_RETENTION = Duration.ofHours(1);
    private static final Duration COPY_TIMEOUT = Duration.ofMinutes(10);

    private final Path base;

    /** @param base created when it is needed */
    SavedStates(Path base) {
        this.base = base;
    }

    /** Return the golden state of a pool, of whichever template. */
    Optional<SavedState> golden(String pool) {
        return read(folder(pool, GOLDEN));
    }

    /**
     * Copy the disks of a guest that does not write to them meanwhile, as the golden state of its pool.
     *
     * @param files the disks in the image store, by device
     */
    void saveGolden(SavedState state, Map<String, String> files) {
        save(state, folder(state.origin().pool(), GOLDEN), files);
    }

    /** Delete the states of all other pools. */
    void retain(Set<String> pools) {
        if (!Files.isDirectory(base)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(base)) {
            for (var folder : folders) {
                if (pools.contains(folder.getFileName().toString())) {
                    deleteAbandoned(folder);
                } else {
                    delete(folder);
                }
            }
        } catch (IOException failure) {
            throw new SlotException("The states in " + base + " cannot be listed: " + failure.getMessage(), failure);
        }
    }

    /** Delete what a server that was killed has left. */
    private static void deleteAbandoned(Path pool) throws IOException {
        var old = Instant.now().minus(FORK_RETENTION);
        try (var forks = Files.newDirectoryStream(pool, FORKS + "*")) {
            for (var fork : forks) {
                if (Files.getLastModifiedTime(fork).toInstant().isBefore(old)) {
                    delete(fork);
                }
            }
        }
    }

    /** Copy the disks of a guest that does not write to them meanwhile, under a name. */
    SavedState saveFork(SavedState state, String name, Map<String, String> files) {
        var target = folder(state.origin().pool(), FORKS + name);
        save(state, target, files);
        return state.in(target);
    }

    /** Give a state that {@link #saveFork} saved a name and an owner. */
    void keep(SavedState state, String name, String owner, String lease) {
        var target = folder(state.origin().pool(), KEPT + name);
        try {
            Files.writeString(
                    state.folder().resolve(DOCUMENT),
                    XmlWriter.write(document(state).withAttribute(OWNER, owner).withAttribute(LEASE, lease)));
            Files.move(state.folder(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new SlotException("The state cannot be kept in " + target + ": " + failure.getMessage(), failure);
        }
    }

    /** Return the states of a pool that users keep. */
    List<KeptState> kept(String pool) {
        List<KeptState> kept = new ArrayList<>();
        if (Files.isDirectory(base.resolve(pool))) {
            try (var folders = Files.newDirectoryStream(base.resolve(pool), KEPT + "*")) {
                for (var folder : folders) {
                    var name = folder.getFileName().toString().substring(KEPT.length());
                    document(folder)
                            .flatMap(state -> read(state, folder)
                                    .map(saved -> new KeptState(
                                            name,
                                            state.attribute(OWNER).orElse(""),
                                            state.attribute(LEASE).orElse(""),
                                            saved)))
                            .ifPresent(kept::add);
                }
            } catch (IOException failure) {
                throw new SlotException(
                        "The states in " + base + " cannot be listed: " + failure.getMessage(), failure);
            }
        }
        return kept;
    }

    private void save(SavedState state, Path target, Map<String, String> files) {
        var part = target.resolveSibling(target.getFileName() + ".part");
        var old = target.resolveSibling(target.getFileName() + ".old");
        try {
            delete(part);
            delete(old);
            create(base);
            create(base.resolve(state.origin().pool()));
            create(part);
            files.forEach((device, file) ->
                    copy(Path.of(ImageStore.FOLDER, file), part.resolve(device + ".qcow2"), "r--------"));
            Files.writeString(part.resolve(DOCUMENT), XmlWriter.write(document(state)));
            if (Files.exists(target)) {
                // A copy that is in progress fails, and its guest is booted.
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new SlotException("The state cannot be kept in " + target + ": " + failure.getMessage(), failure);
        } finally {
            delete(part);
            delete(old);
        }
    }

    /** Copy the disks of a state over those of another guest, which are there and not in use. */
    void copyTo(SavedState state, Map<String, String> files) {
        files.forEach((device, file) ->
                copy(state.folder().resolve(device + ".qcow2"), Path.of(ImageStore.FOLDER, file), "rw-------"));
    }

    /** Copy a file by {@code cp}, which shares blocks or keeps holes where the file system can. */
    private static void copy(Path from, Path to, String permissions) {
        var outcome = Program.of("cp", "--reflink=auto", "--sparse=auto", "--", from.toString(), to.toString())
                .withLimit(COPY_TIMEOUT)
                .run();
        if (!outcome.isSuccess()) {
            throw new SlotException("The disk " + from + " cannot be copied to " + to + ". " + outcome.explanation());
        }
        try {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(permissions));
        } catch (IOException failure) {
            throw new SlotException("The disk " + to + " cannot be kept: " + failure.getMessage(), failure);
        }
    }

    private static Element document(SavedState state) throws IOException {
        return Element.of("state")
                .withAttribute("boot", BootClock.read().boot())
                .withAttribute("made", Long.toString(state.made()))
                .withAttribute("digest", state.digest())
                .withAttribute("pool", state.origin().pool())
                .withAttribute("uuid", state.origin().uuid())
                .withAttribute("origin", Integer.toString(state.origin().number()))
                .withChildren(List.of(state.snapshot()));
    }

    private static Optional<SavedState> read(Path folder) {
        return document(folder).flatMap(state -> read(state, folder));
    }

    private static Optional<Element> document(Path folder) {
        try {
            return Files.exists(folder.resolve(DOCUMENT))
                    ? Optional.of(XmlReader.read(Files.readString(folder.resolve(DOCUMENT))))
                    : Optional.empty();
        } catch (IOException | XmlException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<SavedState> read(Element state, Path folder) {
        try {
            var isOfThisBoot = state.attribute("boot")
                    .filter(BootClock.read().boot()::equals)
                    .isPresent();
            return isOfThisBoot
                    ? Optional.of(new SavedState(
                            state.attribute("digest").orElse(""),
                            new PoolSlot(
                                    state.attribute("pool").orElse(""),
                                    state.attribute("uuid").orElse(""),
                                    Integer.parseInt(state.attribute("origin").orElse("0"))),
                            Long.parseLong(state.attribute("made").orElse("0")),
                            folder,
                            state.children().getFirst()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    private Path folder(String pool, String name) {
        return base.resolve(pool).resolve(name);
    }

    private static void create(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    static void delete(Path folder) {
        if (Files.exists(folder)) {
            Program.of("rm", "-rf", "--one-file-system", "--", folder.toString())
                    .run();
        }
    }
}
