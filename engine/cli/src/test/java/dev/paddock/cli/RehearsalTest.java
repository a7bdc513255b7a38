package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RehearsalTest {
    @Test
    void everyRunWithThePlaybookGoesThrough() {
        assertThat(Rehearsal.performWithPlaybook()).isNotEmpty().containsOnly(ExitCode.OK);
    }
}
