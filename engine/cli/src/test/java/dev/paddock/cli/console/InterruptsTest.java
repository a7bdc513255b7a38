package dev.paddock.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signals to a process of its own: which of them a process ignores it has from whoever started it, and a shell starts what
 * it runs in the background so that it ignores SIGINT.
 */
@Timeout(60)
class InterruptsTest {
    private static final String WORKING = "working";

    @Test
    void theFirstInterruptionAsksTheWorkToComeToAnEnd() throws Exception {
        var working = start("--default-signal=INT");
        try (var messages = working.inputReader(StandardCharsets.UTF_8)) {
            awaitWork(messages);
            send("INT", working);

            assertThat(messages.readLine()).contains("Press Ctrl-C again");
            assertThat(working.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            working.destroyForcibly();
        }
    }

    @Test
    void aProcessThatWasStartedToIgnoreInterruptionsGoesOnIgnoringThem() throws Exception {
        var working = start("--ignore-signal=INT");
        try (var messages = working.inputReader(StandardCharsets.UTF_8)) {
            awaitWork(messages);
            send("INT", working);
            // Were the first taken, this would be the second, which ends the process at once.
            send("TERM", working);

            assertThat(messages.readLine()).contains("finishing what has begun");
            assertThat(working.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            working.destroyForcibly();
        }
    }

    private static Process start(String signals) throws IOException {
        return new ProcessBuilder(List.of(
                        "env",
                        "--default-signal=TERM",
                        signals,
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Working.class.getName()))
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitWork(BufferedReader messages) throws IOException {
        assertThat(messages.readLine()).isEqualTo(WORKING);
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Works until it is asked to come to an end. */
    static final class Working {
        private Working() {}

        public static void main(String[] arguments) throws CommandException {
            var console = new Console(System.in, System.out, System.err, Set.of(), false);
            var drained = new CountDownLatch(1);
            System.exit(Interrupts.draining(console, drained::countDown, () -> {
                console.tell(WORKING);
                try {
                    drained.await();
                    return ExitCode.INTERRUPTED;
                } catch (InterruptedException interruption) {
                    throw new AssertionError(interruption);
                }
            }));
        }
    }
}
