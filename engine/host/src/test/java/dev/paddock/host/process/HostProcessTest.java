package dev.paddock.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostProcessTest {
    @Test
    void aRunningProcessIsAlive() {
        var self = HostProcess.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.isAlive()).isTrue();
    }

    @Test
    void aLaterProcessOfTheSameNumberIsAnother() {
        var self = HostProcess.of(ProcessHandle.current().pid()).orElseThrow();
        var former = new HostProcess(self.pid(), self.started() - 1);

        assertThat(former.isAlive()).isFalse();
        former.kill();
        assertThat(self.isAlive()).isTrue();
    }

    @Test
    void aKilledProcessEnds() throws IOException {
        var child = new ProcessBuilder("sleep", "60").start();
        var process = HostProcess.of(child.pid()).orElseThrow();
        process.kill();

        assertThat(process.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aProcessIsFoundByAVariableOfItsEnvironment() throws IOException {
        var mark = "mark é " + System.nanoTime();
        var builder = new ProcessBuilder("sleep", "60");
        builder.environment().put("PADDOCK_TEST_MARK", mark);
        var child = builder.start();
        try {
            assertThat(HostProcess.withVariable("PADDOCK_TEST_MARK", mark))
                    .extracting(HostProcess::pid)
                    .containsExactly(child.pid());
            assertThat(HostProcess.valuesOf("PADDOCK_TEST_MARK")).contains(mark);
        } finally {
            child.destroyForcibly();
        }
    }
}
