package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose libvirt is of another version than that of this machine, whose schemas say nothing of them. */
@Timeout(60)
class OtherLibvirtTest {
    private static final String TWO = """
            - name: Two networks that no libvirt here knows
              networks:
                - {name: a, xml: "<network><name>a</name><brandNew/></network>"}
                - {name: b, xml: "<network><name>b</name><brandNew/></network>"}
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    @BeforeEach
    void schemasAreInstalled() {
        assumeTrue(LibvirtSchemas.installedVersion().isPresent(), "libvirt's library (package libvirt0) is missing.");
    }

    @Test
    void theSchemasOfThisMachineRefuseNothingForAnotherVersion() {
        host.pretend(new Version(12, 9, 0));
        var plan = shell().run("plan", shell().file("a.yaml", TWO));
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.messages()).containsOnlyOnce("PD1505").doesNotContain("PD1501");
    }

    @Test
    void whatTheHostItselfRefusesIsTold() {
        host.pretend(new Version(12, 9, 0));
        var apply = shell().run("apply", shell().file("a.yaml", TWO), "--auto-approve");
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages()).contains("failed to validate against schema");
    }

    @Test
    void theSchemasOfThisMachineRefuseForTheirOwnVersion() {
        var plan = shell().run("plan", shell().file("a.yaml", TWO));
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("PD1501").doesNotContain("PD1505");
    }

    @Test
    void validateOnlyWarnsOfDocumentsForAnotherMachine() {
        shell().file("hosts.yaml", "hosts:\n  far: {uri: qemu+ssh://far.example/system}\n");
        var file = shell().file("a.yaml", TWO.replace("  networks:", "  hosts: far\n  networks:"));
        var validate = shell().run("validate", file, "--inventory", shell().path("hosts.yaml"));
        assertThat(validate.exitCode()).as(validate.all()).isZero();
        assertThat(validate.messages()).contains("Warning PD1501");
    }

    @Test
    void aVersionThatWasNotTestedIsToldOnceARun() {
        host.pretend(new Version(8, 2, 0));
        var apply =
                shell().run("apply", shell().file("a.yaml", "- networks: [{name: a}, {name: b}]\n"), "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(apply.messages()).containsOnlyOnce("PD3010").contains("is libvirt 8.2.0");
    }

    private Shell shell() {
        return new Shell(host, folder);
    }
}
