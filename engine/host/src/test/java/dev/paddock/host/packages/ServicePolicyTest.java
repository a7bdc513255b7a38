package dev.paddock.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicePolicyTest {
    @TempDir
    Path folder;

    @Test
    void itForbidsEveryStartWhileThisProcessRuns() {
        var policy = ServicePolicy.forbid(folder.resolve("policy-rc.d")).orElseThrow();

        assertThat(exitCode(policy.file())).isEqualTo(101);
    }

    @Test
    void itIsGoneAfterwards() {
        var policy = ServicePolicy.forbid(folder.resolve("policy-rc.d")).orElseThrow();
        policy.remove();

        assertThat(policy.file()).doesNotExist();
    }

    @Test
    void thePolicyOfAnotherStaysAsItIs() throws IOException {
        var file = Files.writeString(folder.resolve("policy-rc.d"), "#!/bin/sh\nexit 101\n");

        assertThat(ServicePolicy.forbid(file)).isEmpty();
        assertThat(file).content().isEqualTo("#!/bin/sh\nexit 101\n");
    }

    @Test
    void oneThatOutlivedItsMakerForbidsNothing() throws IOException {
        var policy = ServicePolicy.forbid(folder.resolve("policy-rc.d")).orElseThrow();
        var own = "kill -0 " + ProcessHandle.current().pid();
        Files.writeString(policy.file(), Files.readString(policy.file()).replace(own, "kill -0 99999999"));

        assertThat(exitCode(policy.file())).isZero();
    }

    @Test
    void oneThatOutlivedItsMakerIsReplaced() {
        ServicePolicy.forbid(folder.resolve("policy-rc.d"));

        assertThat(ServicePolicy.forbid(folder.resolve("policy-rc.d"))).isPresent();
    }

    private static int exitCode(Path script) {
        return ((ProcessResult.Ended) Program.of("sh", script.toString()).run()).exitCode();
    }
}
