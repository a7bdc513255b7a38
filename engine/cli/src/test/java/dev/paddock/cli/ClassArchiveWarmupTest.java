package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.pool.AcquireWarmup;
import org.junit.jupiter.api.Test;

final class ClassArchiveWarmupTest {
    @Test
    void everyRunWithThePlaybookGoesThrough() {
        assertThat(ClassArchiveWarmup.performWithPlaybook()).isNotEmpty().containsOnly(ExitCode.OK);
    }

    @Test
    void anAcquisitionIsRehearsed() {
        assertThat(AcquireWarmup.perform()).isEqualTo("rehearsal-1.0");
    }
}
