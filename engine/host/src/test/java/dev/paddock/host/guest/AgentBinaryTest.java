package dev.paddock.host.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentBinaryTest {
    @TempDir
    private Path cache;

    @Test
    void theAgentIsCompiledOnceAndRuns() throws Exception {
        assumeTrue(MissingPackages.missing(PackagePurpose.GUEST_AGENT).isEmpty(), "no compiler");

        var binary = AgentBinary.in(cache.resolve("new"));
        var made = Files.getLastModifiedTime(binary);

        assertThat(AgentBinary.in(cache.resolve("new"))).isEqualTo(binary);
        assertThat(Files.getLastModifiedTime(binary)).isEqualTo(made);
        assertThat(cache.resolve("new")).isDirectoryContaining(binary::equals);
        assertThat(Program.of(binary.toString(), "--version").run())
                .isInstanceOfSatisfying(ProcessResult.Ended.class, ended -> assertThat(ended.output())
                        .isEqualTo("paddock-agent 4\n"));
    }

    @Test
    void theAgentNeedsNothingOfAGuest() throws Exception {
        assumeTrue(MissingPackages.missing(PackagePurpose.GUEST_AGENT).isEmpty(), "no compiler");

        var dynamic = Program.of("ldd", AgentBinary.in(cache).toString()).run();

        assertThat(dynamic)
                .isInstanceOfSatisfying(ProcessResult.Ended.class, ended -> assertThat(ended.output() + ended.errors())
                        .containsAnyOf("not a dynamic executable", "statically linked"));
    }
}
