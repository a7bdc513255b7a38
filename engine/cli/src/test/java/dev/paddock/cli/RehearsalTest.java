package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.cli.pool.AcquireRehearsal;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
    @Test
    void everyRunWithThePlaybookGoesThrough() {
        assertThat(Rehearsal.performWithPlaybook()).isNotEmpty().containsOnly(ExitCode.OK);
    }

    @Test
    void anAcquisitionIsRehearsed() {
        assertThat(AcquireRehearsal.perform()).isEqualTo("rehearsal-1.0");
    }
}
