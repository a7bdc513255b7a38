package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.CurrentUser;
import dev.paddock.host.process.FileLock;
import dev.paddock.host.process.HostProcess;
import dev.paddock.host.process.Outcome;
import dev.paddock.host.process.Pause;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A private libvirtd with process, mount and network namespaces, folders and sockets of its own.
 *
 * <p>A lab is one process with all that it started, and one folder. It holds nothing of the machine's: ending the process
 * and removing the folder leaves no trace. There is no other record of it, so any of the two may vanish at any time
 * ({@code kill -9}, a restart of the machine), and start, stop and status put things right.
 *
 * <p>libvirtd alone is started again by the lab's first process, whenever it ends.
 */
public final class Lab {
    /** Set in the environment of all that belongs to a lab; the value is the lab's folder. */
    static final String MARK = "PADDOCK_LAB_FOLDER";

    private static final Path MACHINE = Path.of("/");
    private static final int LONGEST_SOCKET_PATH = 107;
    private static final int LOOKS = 5;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(10);

    private final LabName name;
    private final Path base;
    private final LabFolder folder;
    private final Optional<String> filterBackend;

    private Lab(Path base, LabName name) {
        this(base, name, Optional.empty());
    }

    private Lab(Path base, LabName name, Optional<String> filterBackend) {
        this.name = name;
        this.base = base;
        this.folder = new LabFolder(base.resolve(name.text()));
        this.filterBackend = filterBackend;
    }

    /**
     * Return the lab of this name; it need not be there.
     *
     * @param base the folder that all labs are in, absolute
     */
    public static Lab named(LabName name, Path base) {
        if (!base.isAbsolute()) {
            throw new IllegalArgumentException("[%s] is no absolute path".formatted(base));
        }
        return new Lab(base.normalize(), name);
    }

    /** Return the lab that answers at a socket, where it is one's. */
    public static Optional<Lab> at(Path socket) {
        return Optional.ofNullable(socket.toAbsolutePath().normalize().getParent())
                .flatMap(run -> Optional.ofNullable(run.getParent()))
                .filter(folder -> Files.exists(new LabFolder(folder).init()))
                .filter(folder -> new LabFolder(folder)
                        .endpoint()
                        .socket()
                        .equals(socket.toAbsolutePath().normalize()))
                .filter(folder -> LabName.isValid(String.valueOf(folder.getFileName())))
                .flatMap(folder -> Optional.ofNullable(folder.getParent())
                        .map(base -> new Lab(base, new LabName(String.valueOf(folder.getFileName())))));
    }

    public static Lab named(LabName name) {
        return named(name, LabHome.path());
    }

    /** Return the labs of which there is anything in this folder, be it a process or files. */
    public static List<Lab> all(Path base) {
        var prefix = base.normalize() + "/";
        List<String> names = new ArrayList<>();
        HostProcess.valuesOf(MARK).stream()
                .filter(value -> value.startsWith(prefix))
                .map(value -> value.substring(prefix.length()))
                .forEach(names::add);
        if (Files.isDirectory(base)) {
            try (var entries = Files.list(base)) {
                entries.filter(Files::isDirectory)
                        .map(entry -> base.relativize(entry).toString())
                        .forEach(names::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return names.stream()
                .filter(LabName::isValid)
                .distinct()
                .sorted()
                .map(text -> named(new LabName(text), base))
                .toList();
    }

    /** Return this lab with filters carried out by {@code iptables} or {@code nftables}, if it is yet to be started. */
    public Lab filteringBy(String backend) {
        return new Lab(base, name, Optional.of(backend));
    }

    public LabName name() {
        return name;
    }

    /** Return where its libvirtd answers, or would if the lab ran. */
    public Endpoint endpoint() {
        return folder.endpoint();
    }

    public LabStatus status() {
        return status(ANSWER_LIMIT);
    }

    private LabStatus status(Duration patience) {
        var init = init();
        if (init.isEmpty()) {
            return folder.exists() || !processes().isEmpty()
                    ? new LabStatus.Ended(folder.path())
                    : new LabStatus.Absent();
        }
        var pid = init.get().pid();
        return answers(patience) ? new LabStatus.Running(endpoint(), pid) : new LabStatus.Silent(pid, folder.log());
    }

    /** Where each driver has a daemon, the one that clients talk to answers before the others do. */
    private boolean answers(Duration patience) {
        return folder.sockets().stream().allMatch(socket -> LibvirtSocket.answers(socket, patience));
    }

    /** Start it unless it runs, with this machine's libvirt, and return where it answers: it does so by then. */
    public Endpoint start() throws LabException {
        return start(Optional.empty());
    }

    /**
     * Start it unless it runs, and return where it answers: it does so by then.
     *
     * @param release the files of the release whose libvirt it runs, which are made where they are not there; this
     *     machine's own libvirt when absent
     * @throws LabException also when it runs with the libvirt of another release
     */
    public Endpoint start(Optional<ReleaseRoot> release) throws LabException {
        requireRoot();
        requireShortPath();
        var root = release.isPresent() ? release.get().make() : MACHINE;
        try {
            return FileLock.holding(lock(), () -> {
                if (init().isEmpty()) {
                    clear();
                    folder.create(root, filterBackend);
                    if (release.isPresent()) {
                        Files.writeString(
                                folder.release(), release.get().release().suite());
                    }
                    launch(root);
                }
                requireSame(release);
                awaitAnswer();
                return endpoint();
            });
        } catch (IOException failure) {
            throw unprepared(failure);
        }
    }

    private void requireSame(Optional<ReleaseRoot> release) throws LabException {
        var running = release();
        if (release.isPresent()
                && !running.equals(release.map(root -> root.release().suite()))) {
            throw new LabException(Diagnostic.error(
                    Code.LAB_FAILED,
                    "The lab \"%s\" is running with the libvirt of %s.".formatted(name, running.orElse("this machine")),
                    "Stop it first with `paddock lab stop %s`, or start another lab.".formatted(name)));
        }
    }

    /** Return the suite of the release whose libvirt it runs; absent when that is this machine's. */
    public Optional<String> release() {
        try {
            return Optional.of(Files.readString(folder.release()).strip());
        } catch (IOException machine) {
            return Optional.empty();
        }
    }

    /** Half a folder is of no use to anybody, least of all on a full disk. */
    private LabException unprepared(IOException failure) {
        try {
            folder.delete();
        } catch (UncheckedIOException stays) {
            failure.addSuppressed(stays);
        }
        return new LabException(Diagnostic.error(
                Code.LAB_FAILED,
                "The lab \"%s\" needs the folder %s, which cannot be prepared: %s."
                        .formatted(name, folder.path(), reason(failure)),
                "Make room there, or name a folder elsewhere in PADDOCK_LAB_DIR."));
    }

    /** Refuse to tell anything of a lab that this user may not look into. */
    public void requireReadable() throws LabException {
        if (folder.exists() && !Files.isReadable(folder.path())) {
            throw new LabException(Diagnostic.error(
                    Code.PERMISSION_DENIED,
                    "The lab \"%s\" in %s is another user's.".formatted(name, folder.path()),
                    "Run the same command as root, for example with sudo."));
        }
    }

    /** End it and all that runs in it, and remove all that it left. One that is not there is left so. */
    public void stop() throws LabException {
        requireRoot();
        try {
            FileLock.holding(lock(), () -> {
                clear();
                return folder;
            });
        } catch (IOException failure) {
            throw failed("The folder %s cannot be removed: %s".formatted(folder.path(), reason(failure)));
        }
        removeEmptyBase();
    }

    /**
     * Run a program inside of the lab, with this process's terminal, files or pipes.
     *
     * @return its exit code
     */
    public int run(List<String> command) throws LabException {
        var variables = Map.of("LIBVIRT_DEFAULT_URI", "qemu:///system", "PADDOCK_LAB", name.text());
        try {
            return new Program(command(command), variables, Duration.ZERO).runInPlace();
        } catch (IOException failure) {
            throw failed("nsenter cannot be run: " + reason(failure));
        }
    }

    /** Run a program inside of the lab, and collect what it writes. */
    public Outcome capture(List<String> command) throws LabException {
        return new Program(command(command), Map.of(), START_LIMIT).run();
    }

    /** Return the command by which root runs another inside of the lab. */
    public List<String> command(List<String> command) throws LabException {
        requireRoot();
        var init = init().orElseThrow(() -> new LabException(Diagnostic.error(
                Code.LAB_FAILED, "The lab \"%s\" is not running.".formatted(name), "paddock lab start " + name)));
        // Without --wdns the program would start in the root folder, and without --root a lab that was started in a
        // chroot
        // would be entered outside of it.
        var entering = List.of(
                "nsenter",
                "--target=" + init.pid(),
                "--mount",
                "--net",
                "--pid",
                "--root",
                "--wdns=" + Path.of("").toAbsolutePath(),
                "--");
        return Stream.concat(entering.stream(), command.stream()).toList();
    }

    /** Return the folder by which root sees the files of the lab from outside, if it runs. */
    public Optional<Path> root() {
        return init().map(process -> Path.of("/proc", Long.toString(process.pid()), "root"));
    }

    /** Return its first process, if it runs. */
    private Optional<HostProcess> init() {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.init(), StandardCharsets.US_ASCII)) {
            properties.load(reader);
            var process = new HostProcess(
                    Long.parseLong(properties.getProperty("pid", "")),
                    Long.parseLong(properties.getProperty("started", "")));
            return Optional.of(process).filter(HostProcess::isAlive);
        } catch (IOException | NumberFormatException noneOrUnreadable) {
            return Optional.empty();
        }
    }

    /** Return all of its processes, also those of a lab whose folder is gone. */
    private List<HostProcess> processes() {
        return HostProcess.withVariable(MARK, folder.path().toString());
    }

    private void launch(Path root) throws LabException {
        // The first fork leaves this session and returns, so that the lab outlives this process and its terminal.
        // Should
        // the second ever be ended alone, --kill-child ends the lab with it.
        var script = "exec setsid --fork unshare --mount --net --pid --fork --kill-child=KILL"
                + " sh \"$0\" \"$@\" </dev/null >\"$1/log/init.out\" 2>&1";
        var folderText = folder.path().toString();
        var command =
                new ArrayList<>(List.of("sh", "-c", script, folder.script().toString(), folderText));
        if (!root.equals(MACHINE)) {
            command.add(root.toString());
            command.addAll(shared());
        }
        var outcome = Program.of(command.toArray(String[]::new))
                .withEnvironment(Map.of(MARK, folderText))
                .run();
        if (!outcome.isSuccess()) {
            throw failed("Its first process cannot be started. " + outcome.explanation());
        }
    }

    /** What programs of this machine find in a lab of another release, beside the folders of its users. */
    private List<String> shared() {
        return Stream.of(base.toString(), System.getProperty("java.home", ""), System.getProperty("paddock.home", ""))
                .filter(path -> path.startsWith("/"))
                .distinct()
                .toList();
    }

    private void awaitAnswer() throws LabException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        var unseen = 0;
        while (!answers(ANSWER_LIMIT)) {
            // A process that is becoming another program has no environment to know it by for a moment.
            unseen = init().isEmpty() && processes().isEmpty() ? unseen + 1 : 0;
            var ended = unseen >= LOOKS;
            if (ended || System.nanoTime() > deadline || !Pause.of(STEP)) {
                var words = folder.lastWords();
                clear();
                throw failed("libvirtd %s.%s"
                        .formatted(
                                ended ? "ended before it answered" : "does not answer",
                                words.isEmpty() ? "" : " The last that was heard of it:\n" + words));
            }
        }
    }

    /** End what runs, and remove the folder. */
    private void clear() throws LabException {
        var processes = processes();
        processes.forEach(HostProcess::kill);
        for (var process : processes) {
            if (!process.awaitEnd(STOP_LIMIT)) {
                throw failed("Process %d does not end.".formatted(process.pid()));
            }
        }
        if (folder.exists()) {
            folder.delete();
        }
    }

    private Path lock() {
        return base.resolve(name.text() + ".lock");
    }

    private void removeEmptyBase() {
        try {
            Files.deleteIfExists(base);
            if (base.equals(LabHome.USUAL)) {
                Files.deleteIfExists(LabHome.USUAL.getParent());
            }
        } catch (IOException kept) {
            // Other labs are in it, or it is not ours to remove, as the root of a file system.
        }
    }

    private void requireRoot() throws LabException {
        if (!CurrentUser.read().isRoot()) {
            throw new LabException(Diagnostic.error(
                    Code.PERMISSION_DENIED,
                    "A lab has namespaces, bridges and firewall rules of its own, and only root can make those.",
                    "Run the same command as root, for example with sudo."));
        }
    }

    private void requireShortPath() throws LabException {
        var longest = folder.endpoint().readOnlySocket();
        if (longest.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw new LabException(Diagnostic.error(
                    Code.LAB_FAILED,
                    "The path %s is longer than the %d bytes that a socket's path may have."
                            .formatted(longest, LONGEST_SOCKET_PATH),
                    "Set PADDOCK_LAB_DIR to a shorter path."));
        }
    }

    private LabException failed(String what) {
        return new LabException(Diagnostic.error(
                Code.LAB_FAILED,
                "The lab \"%s\" failed. %s".formatted(name, what),
                "paddock doctor tells what this machine lacks."));
    }

    private static String reason(IOException failure) {
        return failure instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getFile() + ": " + refused.getReason()
                : String.valueOf(failure.getMessage());
    }
}
