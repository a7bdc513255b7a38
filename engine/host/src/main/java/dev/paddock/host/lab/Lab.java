package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.process.Deadline;
import dev.paddock.host.process.FileLock;
import dev.paddock.host.process.HostProcess;
import dev.paddock.host.process.ProcessResult;
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
 * A private libvirtd with its own process, mount and network namespaces, folders and sockets.
 *
 * <p>A lab is one process with its descendants, and one folder. It owns nothing else on the machine: after ending the
 * process and deleting the folder, no trace is left. There is no other record of it, so either may vanish at any time
 * ({@code kill -9}, a reboot of the machine), and start, stop and status handle that.
 *
 * <p>The lab's first process restarts libvirtd whenever it ends.
 */
public final class Lab {
    /** Set in the environment of every process of a lab; the value is the lab's folder. */
    static final String MARK = "PADDOCK_LAB_FOLDER";

    private static final Path MACHINE = Path.of("/");
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
     * Return the lab of this name, which need not exist.
     *
     * @param base the folder that contains all labs, absolute
     */
    public static Lab named(LabName name, Path base) {
        if (!base.isAbsolute()) {
            throw new IllegalArgumentException("[%s] is no absolute path".formatted(base));
        }
        return new Lab(base.normalize(), name);
    }

    /** Return the lab that a socket belongs to, if any. */
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

    /** Return the labs in this folder of which a process or files exist. */
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

    /**
     * Return this lab with filters implemented by {@code iptables} or {@code nftables}, effective if it is not started
     * yet.
     */
    public Lab filteringBy(String backend) {
        return new Lab(base, name, Optional.of(backend));
    }

    public LabName name() {
        return name;
    }

    /** Return where its libvirtd answers, or would if the lab ran. */
    public LabEndpoint endpoint() {
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

    /** With one daemon per driver, the daemon that clients connect to answers before the others do. */
    private boolean answers(Duration patience) {
        return folder.sockets().stream().allMatch(socket -> LibvirtSocket.answers(socket, patience));
    }

    /** Start it with this machine's libvirt unless it runs, and return its endpoint, which then answers. */
    public LabEndpoint start() throws LabException {
        return start(Optional.empty());
    }

    /**
     * Start it unless it runs, and return its endpoint, which then answers.
     *
     * @param release the files of the release whose libvirt it runs, made if missing; this machine's own libvirt if
     *     absent
     * @throws LabException also if it runs with the libvirt of another release
     */
    public LabEndpoint start(Optional<ReleaseRoot> release) throws LabException {
        LabPreconditions.requireRoot();
        LabPreconditions.requireShortPath(folder);
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

    /** Return the suite of the release whose libvirt it runs; absent for this machine's libvirt. */
    public Optional<String> release() {
        try {
            return Optional.of(Files.readString(folder.release()).strip());
        } catch (IOException machine) {
            return Optional.empty();
        }
    }

    /** Delete the incomplete folder, which only occupies space, and return the error to throw. */
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

    /** Refuse access to a lab that this user may not read. */
    public void requireReadable() throws LabException {
        if (folder.exists() && !Files.isReadable(folder.path())) {
            throw new LabException(Diagnostic.error(
                    Code.PERMISSION_DENIED,
                    "The lab \"%s\" in %s is another user's.".formatted(name, folder.path()),
                    "Run the same command as root, for example with sudo."));
        }
    }

    /** Stop all its processes, and delete everything it left. No effect if it does not exist. */
    public void stop() throws LabException {
        LabPreconditions.requireRoot();
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
     * Run a program inside the lab, with this process's terminal, files or pipes.
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

    /** Run a program inside the lab, and capture its output. */
    public ProcessResult capture(List<String> command) throws LabException {
        return new Program(command(command), Map.of(), START_LIMIT).run();
    }

    /** Return the command with which root runs another command inside the lab. */
    public List<String> command(List<String> command) throws LabException {
        LabPreconditions.requireRoot();
        var init = init().orElseThrow(() -> new LabException(Diagnostic.error(
                Code.LAB_FAILED, "The lab \"%s\" is not running.".formatted(name), "paddock lab start " + name)));
        // Without --wdns the program would start in the root folder, and without --root it would enter a lab that
        // was started in a chroot outside of that chroot.
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

    /** Return the path from which root can see the lab's files from outside, if it runs. */
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

    /** Return all of its processes, even if its folder is gone. */
    private List<HostProcess> processes() {
        return HostProcess.withVariable(MARK, folder.path().toString());
    }

    private void launch(Path root) throws LabException {
        // The first fork leaves this session and returns, so that the lab outlives this process and its terminal. If
        // the second ends alone, --kill-child ends the lab with it.
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
        var deadline = Deadline.after(START_LIMIT);
        var unseen = 0;
        while (!answers(ANSWER_LIMIT)) {
            // During execve, a process has no readable environment for a moment.
            unseen = init().isEmpty() && processes().isEmpty() ? unseen + 1 : 0;
            var ended = unseen >= LOOKS;
            if (ended || !deadline.pause(STEP)) {
                var words = folder.lastWords();
                clear();
                throw failed("libvirtd %s.%s"
                        .formatted(
                                ended ? "ended before it answered" : "does not answer",
                                words.isEmpty() ? "" : " The last that was heard of it:\n" + words));
            }
        }
    }

    /** Stop what runs, and delete the folder. */
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
            // It contains other labs, or cannot be deleted, like the root of a file system.
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
