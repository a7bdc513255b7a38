package dev.paddock.testkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.process.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands in a real guest. */
@Timeout(300)
class ExecutorIT {
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;

    /** What no process of the guest itself looks like. */
    private static final String MARK = "sleep 98765";

    private GuestAgent guest;

    private record Result(ExitStatus ending, String output, String errors) {}

    @BeforeEach
    void opens() {
        guest = GuestChannels.open(TestGuest.uri(), TestGuest.shared());
    }

    @AfterEach
    void closes() {
        guest.close();
    }

    private Result run(GuestCommand command) throws IOException {
        return run(guest, command);
    }

    private static Result run(GuestAgent guest, GuestCommand command) throws IOException {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var ending = guest.run(command, CommandStreams.of(output, errors));
        return new Result(ending, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private Result shell(String script) throws IOException {
        return run(GuestCommand.of("sh", "-c", script));
    }

    @Test
    void outputErrorsAndTheExitCodeAreTheCommandsOwn() throws Exception {
        var result = shell("echo one; echo two >&2; exit 7");

        assertThat(result).isEqualTo(new Result(new ExitStatus.Exited(7), "one\n", "two\n"));
    }

    @Test
    void aCommandThatASignalEndsHasNoExitCode() throws Exception {
        assertThat(shell("kill -9 $$").ending()).isEqualTo(new ExitStatus.Signaled(SIGKILL));
    }

    @Test
    void whatCannotBeStartedSaysWhy() throws Exception {
        assertThat(run(GuestCommand.of("no-such-command")).ending())
                .isEqualTo(new ExitStatus.NotStarted(127, "no-such-command: No such file or directory"));
        assertThat(run(GuestCommand.of("/etc/passwd")).ending())
                .isEqualTo(new ExitStatus.NotStarted(126, "/etc/passwd: Permission denied"));
        assertThat(run(GuestCommand.of("true").in("/nowhere")).ending())
                .isEqualTo(new ExitStatus.NotStarted(125, "/nowhere: No such file or directory"));
        assertThat(run(GuestCommand.of("true").as("nobody-here")).ending()).isInstanceOf(ExitStatus.NotStarted.class);
    }

    @Test
    void argumentsVariablesFolderAndUserArriveAsTheyAre() throws Exception {
        var odd = "a b\n'\"$HOME `id` \u00fc \\";
        var command = GuestCommand.of(
                        "sh",
                        "-c",
                        "printf '%s|' \"$0\" \"$ODD\" \"$HOME\" \"$(pwd)\" \"$(id -un)\" \"$(id -Gn)\"",
                        odd)
                .withEnvironment(Map.of("ODD", odd))
                .in("/tmp")
                .as("user");

        assertThat(run(command).output()).isEqualTo(odd + "|" + odd + "|/home/user|/tmp|user|user staff|");
    }

    @Test
    void aUserMayBeANumber() throws Exception {
        assertThat(run(GuestCommand.of("id", "-un").as("1000")).output()).isEqualTo("user\n");
    }

    @Test
    void largeRequestsArriveWhole() throws Exception {
        var many = new ArrayList<String>(List.of("sh", "-c", "echo $# ${#1}", "sh"));
        for (var i = 0; i < 10; i++) {
            many.add("x".repeat(100_000));
        }

        assertThat(run(GuestCommand.of(many.toArray(String[]::new))).output()).isEqualTo("10 100000\n");
    }

    @Test
    void withoutInputThereIsNothingToRead() throws Exception {
        assertThat(run(GuestCommand.of("cat"))).isEqualTo(new Result(new ExitStatus.Exited(0), "", ""));
    }

    @Test
    void inputComesBackWhole() throws Exception {
        var sent = noise(4 << 20);
        var received = new ByteArrayOutputStream();
        var streams =
                CommandStreams.of(received, OutputStream.nullOutputStream()).reading(new ByteArrayInputStream(sent));

        assertThat(guest.run(GuestCommand.of("cat"), streams)).isEqualTo(new ExitStatus.Exited(0));
        assertThat(received.toByteArray()).isEqualTo(sent);
    }

    @Test
    void inputThatNobodyReadsHoldsUpNothing() throws Exception {
        var streams = CommandStreams.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())
                .reading(new ByteArrayInputStream(noise(4 << 20)));

        assertThat(guest.run(GuestCommand.of("sh", "-c", "exit 3"), streams)).isEqualTo(new ExitStatus.Exited(3));
        assertThat(shell("echo again").output()).isEqualTo("again\n");
    }

    @Test
    void aHundredMegabytesComeOutWhole() throws Exception {
        var output = new Repeated(1_000_000);
        var script = "head -c 1000000 /dev/urandom > /tmp/part; for i in $(seq 100); do cat /tmp/part; done";

        assertThat(guest.run(
                        GuestCommand.of("sh", "-c", script),
                        CommandStreams.of(output, OutputStream.nullOutputStream())))
                .isEqualTo(new ExitStatus.Exited(0));
        assertThat(output.bytes).isEqualTo(100_000_000);
        assertThat(shell("sha256sum < /tmp/part; rm /tmp/part").output()).startsWith(sha256(output.first));
    }

    @Test
    void whatIsWrittenLastIsNotLost() throws Exception {
        for (var i = 0; i < 20; i++) {
            assertThat(shell("head -c 60000 /dev/zero | tr '\\0' x; echo end").output())
                    .hasSize(60004)
                    .endsWith("end\n");
        }
    }

    @Test
    void aProcessThatIsLeftBehindHoldsUpNothing() throws Exception {
        assertThat(shell("(while :; do echo more; done) & echo $!").ending()).isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void aTerminalIsWhatPeopleExpect() throws Exception {
        var command = new GuestCommand(
                List.of("sh", "-c", "test -t 0 && test -t 1 && stty size && read line && echo \"<$line>\""),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(new TerminalSize(33, 101)));
        var output = new ByteArrayOutputStream();
        var streams = CommandStreams.of(output, OutputStream.nullOutputStream())
                .reading(new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(guest.run(command, streams)).isEqualTo(new ExitStatus.Exited(0));
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("33 101\r\n", "<typed>\r\n");
    }

    @Test
    void outputComesWhileTheCommandRuns() throws Exception {
        var first = new CountDownLatch(1);
        var streams = CommandStreams.of(new Announcing(first), OutputStream.nullOutputStream());
        try (var threads = Executors.newSingleThreadExecutor()) {
            var ending =
                    threads.submit(() -> guest.run(GuestCommand.of("sh", "-c", "echo first; exec " + MARK), streams));
            first.await();
            guest.signal(SIGINT);

            assertThat(ending.get()).isEqualTo(new ExitStatus.Signaled(SIGINT));
        }
    }

    @Test
    void aSignalReachesTheWholeGroup() throws Exception {
        var first = new CountDownLatch(1);
        var streams = CommandStreams.of(new Announcing(first), OutputStream.nullOutputStream());
        try (var threads = Executors.newSingleThreadExecutor()) {
            var ending = threads.submit(
                    () -> guest.run(GuestCommand.of("sh", "-c", MARK + " & echo first; wait; wait"), streams));
            first.await();
            guest.signal(15);

            assertThat(ending.get()).isEqualTo(new ExitStatus.Signaled(15));
        }
        assertThat(marked()).isEmpty();
    }

    @Test
    void aTimeoutKillsGrandchildrenThatHide() throws Exception {
        var hiding = "trap '' TERM; (setsid sh -c 'trap \"\" TERM; " + MARK + " & wait' &); " + MARK + "; " + MARK;

        assertThat(run(GuestCommand.of("sh", "-c", hiding).within(Duration.ofSeconds(1)))
                        .ending())
                .isEqualTo(new ExitStatus.TimedOut());
        assertThat(marked()).isEmpty();
    }

    @Test
    void aCommandThatTidiesUpInTimeMayDoSo() throws Exception {
        var tidy = "trap 'echo tidied; exit 0' TERM; while :; do sleep 0.1; done";
        // Long enough for a busy machine to get as far as the trap.
        var result = run(GuestCommand.of("sh", "-c", tidy).within(Duration.ofSeconds(5)));

        assertThat(result.ending()).isEqualTo(new ExitStatus.TimedOut());
        assertThat(result.output()).isEqualTo("tidied\n");
    }

    @Test
    void nothingOutlivesTheSession() throws Exception {
        var first = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            var broken = threads.submit(() -> guest.run(
                    GuestCommand.of("sh", "-c", "(setsid " + MARK + " &); echo first; " + MARK),
                    CommandStreams.of(new Announcing(first), OutputStream.nullOutputStream())));
            first.await();
            guest.close();
            assertThat(broken).failsWithin(Duration.ofMinutes(1));
        }
        guest = GuestChannels.open(TestGuest.uri(), TestGuest.shared());
        // The killing has begun by then, and is awaited.
        assertThat(shell("while ps | grep '[s]leep 98765'; do sleep 0.1; done").ending())
                .isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void severalCommandsRunAtOnce() throws Exception {
        List<Future<Result>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < 4; i++) {
                var number = i;
                running.add(threads.submit(() -> {
                    // Each waits for all others: they have to run at the same time.
                    var script =
                            "mkdir -p /tmp/meet; touch /tmp/meet/%d; while [ $(ls /tmp/meet | wc -l) -lt 4 ]; do sleep 0.1; done; echo %d"
                                    .formatted(number, number);
                    var command = GuestCommand.of("sh", "-c", script).within(Duration.ofMinutes(1));
                    if (number == 0) {
                        return run(command);
                    }
                    try (var other = GuestChannels.open(TestGuest.uri(), TestGuest.shared())) {
                        return run(other, command);
                    }
                }));
            }
            for (var i = 0; i < 4; i++) {
                assertThat(running.get(i).get().output()).isEqualTo(i + "\n");
            }
        }
    }

    @Test
    void twoHundredCommandsLeaveNothingBehind() throws Exception {
        var before = held();
        for (var i = 0; i < 200; i++) {
            assertThat(run(GuestCommand.of("echo", Integer.toString(i))).output())
                    .isEqualTo(i + "\n");
        }

        // While a command counts, the agent may not have closed its own ends of that command's pipes yet, and the
        // process
        // that kept the one before may not have ended. What is left behind is there for good.
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        var after = held();
        while (!after.isAtMost(before)) {
            assertThat(System.nanoTime()).as("%s, and before %s", after, before).isLessThan(deadline);
            after = held();
        }
    }

    private Held held() throws IOException {
        return Held.of(
                shell("ps | grep -vc '\\['; for agent in $(pidof paddock-agent); do ls /proc/$agent/fd; done | wc -l")
                        .output());
    }

    /** How many processes the guest has, and how many files its agents have open. */
    private record Held(int processes, int files) {
        private static Held of(String output) {
            var lines = output.lines().map(Integer::parseInt).toList();
            return new Held(lines.getFirst(), lines.getLast());
        }

        private boolean isAtMost(Held other) {
            return processes <= other.processes && files <= other.files;
        }
    }

    /** Return what still runs of a command that was killed, once it had time to go. */
    private String marked() throws IOException {
        return shell("for i in $(seq 100); do ps | grep -q '[s]leep 98765' || exit 0; sleep 0.1; done; ps")
                .output();
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Return bytes of all values, always the same. */
    private static byte[] noise(int size) {
        var bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Sees that bytes come again and again, and keeps them once. */
    private static final class Repeated extends OutputStream {
        private final byte[] first;
        private long bytes;

        private Repeated(int length) {
            first = new byte[length];
        }

        @Override
        public void write(int single) {
            var at = (int) (bytes % first.length);
            if (bytes < first.length) {
                first[at] = (byte) single;
            } else if (first[at] != (byte) single) {
                throw new AssertionError("Byte " + bytes + " is not as it was.");
            }
            bytes++;
        }
    }

    /** Says when the first byte has come. */
    private static final class Announcing extends OutputStream {
        private final CountDownLatch first;

        private Announcing(CountDownLatch first) {
            this.first = first;
        }

        @Override
        public void write(int single) {
            first.countDown();
        }
    }
}
