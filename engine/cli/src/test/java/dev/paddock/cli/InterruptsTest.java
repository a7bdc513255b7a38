package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptsTest {
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void theFirstInterruptionAsksTheWorkToComeToAnEnd() throws Exception {
        var drained = new CountDownLatch(1);

        var exitCode = Interrupts.draining(console(), drained::countDown, () -> {
            interruptThisProcess();
            return awaited(drained) ? ExitCode.INTERRUPTED : ExitCode.OK;
        });

        assertThat(exitCode).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("Press Ctrl-C again");
    }

    private Console console() {
        var stream = new PrintStream(messages, true, StandardCharsets.UTF_8);
        return new Console(InputStream.nullInputStream(), stream, stream, Set.of(), false);
    }

    private static void interruptThisProcess() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-INT",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
