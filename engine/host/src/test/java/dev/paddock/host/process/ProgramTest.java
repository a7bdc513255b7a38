package dev.paddock.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
    @Test
    void outputErrorsAndExitCodeAreTold() {
        assertThat(Program.of("sh", "-c", "echo é; echo bad >&2; exit 3").run())
                .isEqualTo(new ProcessResult.Ended(3, "é\n", "bad\n"));
    }

    @Test
    void argumentsArriveAsTheyAre() {
        assertThat(Program.of("printf", "%s|", "a b", "'\"", "$HOME").run())
                .isEqualTo(new ProcessResult.Ended(0, "a b|'\"|$HOME|", ""));
    }

    @Test
    void whatTakesTooLongIsEnded() {
        var limit = Duration.ofMillis(100);

        assertThat(Program.of("sleep", "60").withLimit(limit).run()).isEqualTo(new ProcessResult.TimedOut(limit));
    }

    @Test
    void whatDoesNotExistIsNotStarted() {
        assertThat(Program.of("no-such-program-anywhere").run()).isInstanceOf(ProcessResult.NotStarted.class);
    }

    @Test
    void variablesAreAddedToThoseThereAre() {
        assertThat(Program.of("sh", "-c", "echo $A; test -n \"$PATH\"")
                        .withEnvironment(Map.of("A", "b c"))
                        .run())
                .isEqualTo(new ProcessResult.Ended(0, "b c\n", ""));
    }
}
