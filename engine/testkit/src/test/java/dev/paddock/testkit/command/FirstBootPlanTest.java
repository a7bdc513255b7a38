package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says about the data for a first boot that is over. */
class FirstBootPlanTest {
    private static final String WEB = "- vms: [{name: web, state: stopped, cloud_init: {packages: %s}}]";

    @TempDir
    Path folder;

    private Shell shell = new Shell(new MemoryHost(), Path.of("."));

    @BeforeEach
    void aGuestThatHasBooted() {
        shell = new Shell(new MemoryHost(), folder);
        shell.applied(shell.file("a.yaml", WEB.formatted("git")));
    }

    @Test
    void changedDataIsToldNotToBeRead() {
        var plan = shell.run("plan", shell.file("b.yaml", WEB.formatted("vim")));
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.messages()).contains("b.yaml:1:", "Warning PD5010", "vm/web", "instance: 2");
        shell.applied(shell.path("b.yaml"));
    }

    @Test
    void dataOfAnotherInstanceIsRead() {
        var again = shell.file("b.yaml", WEB.formatted("vim, instance: 2"));
        assertThat(shell.run("plan", again).messages()).doesNotContain("PD5010");
        assertThat(shell.run("plan", again).output()).contains("web-2-seed");
    }

    @Test
    void whatDoesNotChangeIsNotTold() {
        var more = shell.file("b.yaml", WEB.formatted("git").replace("stopped,", "stopped, cpus: 2,"));
        assertThat(shell.run("plan", more).messages()).doesNotContain("PD5010");
    }
}
