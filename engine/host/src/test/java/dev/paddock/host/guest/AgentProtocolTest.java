package dev.paddock.host.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;
import dev.paddock.host.process.PollInterval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent and the host's side of its protocol, without a guest: the agent is compiled with the checks of the compiler
 * for memory and undefined behavior, and serves a socket as if it were a port.
 */
@Timeout(120)
class AgentProtocolTest {
    private static final Path SOURCES = Path.of("../../agent");
    private static final List<String> COMPILER = List.of(
            "gcc",
            "-std=c17",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-g",
            "-fsanitize=address,undefined",
            "-fno-sanitize-recover=all");

    @TempDir
    private static Path built;

    private static Path program;

    @TempDir
    private Path folder;

    private Process agent;
    private SocketPort port;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(MissingPackages.missing(PackagePurpose.GUEST_AGENT).isEmpty(), "no compiler");
        program = built.resolve("serve");
        var command = new ArrayList<>(COMPILER);
        command.addAll(List.of(
                "-o", program.toString(), SOURCES.resolve("test/serve.c").toString()));
        try (var sources = Files.newDirectoryStream(SOURCES, "*.c")) {
            for (var source : sources) {
                if (!source.endsWith("main.c")) {
                    command.add(source.toString());
                }
            }
        }
        var compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        var complaints = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(complaints).isZero();
    }

    @BeforeEach
    void serve() throws Exception {
        var socket = folder.resolve("port");
        var builder = new ProcessBuilder(program.toString(), socket.toString());
        builder.environment().put("ASAN_OPTIONS", "detect_leaks=0");
        agent = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("errors").toFile())
                .start();
        await(() -> Files.exists(socket) || !agent.isAlive());
        port = new SocketPort(connect(socket));
    }

    @AfterEach
    void end() throws Exception {
        port.close();
        agent.destroyForcibly().waitFor();
        assertThat(folder.resolve("errors")).hasContent("");
    }

    @Test
    void aCommandHasInputOutputErrorsAndAnExitCode() throws Exception {
        try (var session = AgentSession.open(port)) {
            var input = new byte[1_000_000];
            new Random(1).nextBytes(input);

            var run = run(session, GuestCommand.of("sh", "-c", "cat; echo problem >&2; exit 3"), input);

            assertThat(run.status()).isEqualTo(new ExitStatus.Exited(3));
            assertThat(run.output()).isEqualTo(input);
            assertThat(run.errors()).isEqualTo("problem\n");
        }
    }

    @Test
    void argumentsAndVariablesArriveAsTheyAre() throws Exception {
        var odd = "a b\"c'd$e\nf\u00fc*";
        try (var session = AgentSession.open(port)) {
            var command = GuestCommand.of("sh", "-c", "printf %s \"$1|$ODD|$PWD\"", "sh", odd)
                    .withEnvironment(Map.of("ODD", odd))
                    .in(folder.toString());

            assertThat(new String(run(session, command, new byte[0]).output(), StandardCharsets.UTF_8))
                    .isEqualTo(odd + "|" + odd + "|" + folder);
        }
    }

    @Test
    void eachEndHasItsStatus_andOneCommandFollowsAnother() throws Exception {
        try (var session = AgentSession.open(port)) {
            assertThat(status(session, GuestCommand.of("true"))).isEqualTo(new ExitStatus.Exited(0));
            assertThat(status(session, GuestCommand.of("sh", "-c", "kill -9 $$")))
                    .isEqualTo(new ExitStatus.Signaled(9));
            assertThat(status(session, GuestCommand.of("/nonexistent")))
                    .isInstanceOfSatisfying(ExitStatus.NotStarted.class, end -> assertThat(end.code())
                            .isEqualTo(127));
            assertThat(status(session, GuestCommand.of("/dev/null")))
                    .isInstanceOfSatisfying(ExitStatus.NotStarted.class, end -> assertThat(end.code())
                            .isEqualTo(126));
            assertThat(status(session, GuestCommand.of("sleep", "600").within(Duration.ofMillis(1))))
                    .isEqualTo(new ExitStatus.TimedOut());
            session.ping();
        }
    }

    @Test
    void nothingOfACommandOutlivesItsSession() throws Exception {
        var marker = folder.resolve("started");
        // A process that is no child of the command any more, and its process ID.
        var script = "(setsid sh -c 'echo $$ >%1$s.new; mv %1$s.new %1$s; sleep 600' &); sleep 600".formatted(marker);
        AgentSession.open(port);
        var frames = new FrameWriter(port);
        frames.sendAll(AgentFrame.REQUEST, AgentRequest.run(GuestCommand.of("sh", "-c", script), false));
        frames.send(AgentFrame.RUN, new byte[0], 0, 0);
        await(() -> Files.exists(marker));
        var process = Long.parseLong(Files.readString(marker).strip());
        assertThat(isAlive(process)).isTrue();

        AgentSession.open(port).ping();

        await(() -> !isAlive(process));
    }

    /** A host may die at any byte, and the next one has to be understood all the same. */
    @Test
    void aSessionStartsWhereverTheLastOneBrokeOff() {
        var random = new Random(1);
        for (var round = 0; round < 60; round++) {
            var recording = new ByteArrayOutputStream();
            var frames = new FrameWriter(new RecordedPort(recording));
            frames.send(AgentFrame.HELLO, new byte[16], 0, 16);
            frames.sendAll(
                    AgentFrame.REQUEST, AgentRequest.run(GuestCommand.of("sh", "-c", "cat; echo x; exit 1"), true));
            frames.send(AgentFrame.RUN, new byte[0], 0, 0);
            frames.send(AgentFrame.INPUT, new byte[5000], 0, random.nextInt(5000));
            frames.send(AgentFrame.SIGNAL, new byte[] {15}, 0, 1);
            var sent = recording.toByteArray();
            port.write(sent, 0, random.nextInt(sent.length + 1));

            AgentSession.open(port).ping();
        }
    }

    /** Whatever arrives, the agent stays in memory that is its own, and serves the next session. */
    @Test
    void anyBytesAreSurvived() {
        var random = new Random(1);
        var kinds = "HQRIESWG?".getBytes(StandardCharsets.US_ASCII);
        for (var round = 0; round < 60; round++) {
            var frames = new FrameWriter(port);
            AgentSession.open(port);
            for (var frame = 0; frame < 5; frame++) {
                var payload = new byte[random.nextInt(64)];
                random.nextBytes(payload);
                frames.send(kinds[random.nextInt(kinds.length)], payload, 0, payload.length);
            }
            AgentSession.open(port).ping();
        }
    }

    @Test
    void whatIsCopiedOutAndInIsTheSame() throws Exception {
        var source = Files.createDirectories(folder.resolve("source/deep/er"));
        var random = new Random(1);
        for (var size : List.of(0, 1, 511, 512, 513, 70_000)) {
            var content = new byte[size];
            random.nextBytes(content);
            Files.write(source.resolve("file-" + size), content);
        }
        Files.createSymbolicLink(source.resolve("link"), Path.of("file-1"));
        Files.createDirectory(source.resolve("n".repeat(150)));
        var target = folder.resolve("target");
        try (var session = AgentSession.open(port)) {
            var archive = new ByteArrayOutputStream();

            var got = session.get(
                    folder.resolve("source").toString(),
                    Optional.empty(),
                    from -> from.transferTo(archive),
                    new ByteArrayOutputStream());
            var put = put(session, target, archive.toByteArray());

            assertThat(got).isEqualTo(new ExitStatus.Exited(0));
            assertThat(put.status()).as(put.errors()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(tree(target)).isEqualTo(tree(folder.resolve("source")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/outside", "./../outside", "./a/../../outside", "outside", "./link/outside"})
    void anArchiveWritesNothingOutsideOfItsTarget(String name) throws Exception {
        var archive = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(archive)) {
            entry(tar, new TarArchiveEntry("./"), "");
            var link = new TarArchiveEntry("./link", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName(folder.toString());
            entry(tar, link, "");
            entry(tar, new TarArchiveEntry(name, true), "content");
            entry(tar, new TarArchiveEntry("./inside"), "content");
        }
        try (var session = AgentSession.open(port)) {
            var put = put(session, folder.resolve("target"), archive.toByteArray());

            assertThat(put.status()).isEqualTo(new ExitStatus.Exited(1));
            assertThat(put.errors()).contains("outside");
            assertThat(folder.resolve("outside")).doesNotExist();
            assertThat(folder.resolve("target/inside")).hasContent("content");
        }
    }

    @Test
    void aTruncatedArchiveIsAnError() throws Exception {
        var archive = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(archive)) {
            entry(tar, new TarArchiveEntry("./"), "");
            entry(tar, new TarArchiveEntry("./file"), "x".repeat(2000));
        }
        try (var session = AgentSession.open(port)) {
            var random = new Random(1);
            for (var round = 0; round < 20; round++) {
                // Before the end of the content, which two empty blocks follow.
                var cut = random.nextInt(3 * 512);

                var put = put(session, folder.resolve("target-" + round), Arrays.copyOf(archive.toByteArray(), cut));

                assertThat(put.status()).as("after %d bytes", cut).isEqualTo(new ExitStatus.Exited(1));
                assertThat(folder.resolve("target-" + round + "/file")).doesNotExist();
            }
        }
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(PollInterval.of(Duration.ofMillis(5))).isTrue();
        }
    }

    private static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, String content) throws IOException {
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Run(ExitStatus status, byte[] output, String errors) {}

    private static Run run(AgentSession session, GuestCommand command, byte[] input) throws IOException {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var status = session.run(command, CommandStreams.of(output, errors).reading(new ByteArrayInputStream(input)));
        return new Run(status, output.toByteArray(), errors.toString(StandardCharsets.UTF_8));
    }

    private static Run put(AgentSession session, Path target, byte[] archive) throws IOException {
        var errors = new ByteArrayOutputStream();
        var status = session.put(target.toString(), "name", Optional.empty(), to -> to.write(archive), errors);
        return new Run(status, new byte[0], errors.toString(StandardCharsets.UTF_8));
    }

    private static ExitStatus status(AgentSession session, GuestCommand command) throws IOException {
        return status(session, command, new ByteArrayOutputStream());
    }

    private static ExitStatus status(AgentSession session, GuestCommand command, ByteArrayOutputStream output)
            throws IOException {
        return session.run(command, CommandStreams.of(output, output));
    }

    /** Return the files, folders and links below a path, by name, with their content. */
    private static Map<String, String> tree(Path top) throws IOException {
        Map<String, String> tree = new HashMap<>();
        try (var paths = Files.walk(top)) {
            for (var path : paths.toList()) {
                tree.put(
                        top.relativize(path).toString(),
                        Files.isSymbolicLink(path)
                                ? "link to " + Files.readSymbolicLink(path)
                                : Files.isDirectory(path)
                                        ? "folder"
                                        : Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return tree;
    }

    private static SocketChannel connect(Path socket) throws IOException {
        while (true) {
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (IOException notYet) {
                // The file is there before anybody listens.
                channel.close();
                assertThat(PollInterval.of(Duration.ofMillis(5))).isTrue();
            }
        }
    }

    private record RecordedPort(ByteArrayOutputStream bytes) implements GuestPort {
        @Override
        public int read(byte[] buffer, int offset, int length) {
            return 0;
        }

        @Override
        public void write(byte[] written, int offset, int length) {
            bytes.write(written, offset, length);
        }

        @Override
        public void close() {
            bytes.reset();
        }
    }
}
