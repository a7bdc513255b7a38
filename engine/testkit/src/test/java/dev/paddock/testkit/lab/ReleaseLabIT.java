package dev.paddock.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Labs that run the libvirt of another release of Debian than the machine. Making its files takes minutes, once. */
@Timeout(900)
class ReleaseLabIT {
    private final Lab lab = Labs.lab("other");
    private final Lab machine = Labs.lab("machine");

    @AfterEach
    void stop() throws LabException {
        lab.stop();
        machine.stop();
    }

    @Test
    void aLabOfAnotherReleaseRunsItsLibvirtBesideOneOfTheMachines() throws LabException {
        var codename = Releases.foreign();
        lab.start(Optional.of(Releases.root(codename)));
        machine.start();

        assertThat(lab.release()).contains(codename);
        assertThat(machine.release()).isEmpty();
        assertThat(output(lab, "cat", "/etc/os-release")).contains("VERSION_CODENAME=" + codename);
        assertThat(output(machine, "cat", "/etc/os-release")).doesNotContain("VERSION_CODENAME=" + codename);
        assertThat(version(lab)).isNotEqualTo(version(machine)).isNotBlank();
    }

    @Test
    void whatIsWrittenInItIsGoneWithItAndItsFilesStayAsTheyWere() throws LabException {
        var root = Releases.root(Releases.foreign());
        lab.start(Optional.of(root));
        output(lab, "touch", "/etc/written-in-the-lab");
        lab.stop();

        assertThat(root.folder().resolve("etc/written-in-the-lab")).doesNotExist();
        assertThat(Path.of("/proc/self/mounts"))
                .content()
                .doesNotContain(Labs.folder().toString());
    }

    @Test
    void itSeesTheFilesOfTheMachinesUsersAndTheProgram() throws LabException {
        lab.start(Optional.of(Releases.root(Releases.foreign())));

        assertThat(output(lab, "ls", System.getProperty("paddock.home", ""))).contains("paddock");
        assertThat(output(lab, "ls", System.getProperty("java.home", "") + "/bin"))
                .contains("java");
    }

    @Test
    void aRunningLabIsNotTakenForOneOfAnotherRelease() throws LabException {
        machine.start();

        assertThatThrownBy(() -> machine.start(Optional.of(Releases.root(Releases.foreign()))))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("with the libvirt of this machine");
    }

    @Test
    void theFirstCommandOfTheReadmeBringsTheSandboxUpAndNothingIsLeftToDo() throws LabException {
        lab.start(Optional.of(Releases.root(Releases.foreign())));

        assertThat(paddock("apply", "--auto-approve")).satisfies(ReleaseLabIT::succeeded);
        assertThat(paddock("plan", "--detailed-exitcode")).satisfies(ReleaseLabIT::succeeded);
        assertThat(output(lab, "virsh", "-c", "qemu:///system", "domstate", "sandbox"))
                .contains("running");
    }

    private static void succeeded(ProcessResult outcome) {
        assertThat(outcome.isSuccess()).as(String.valueOf(outcome)).isTrue();
    }

    private static ProcessResult paddock(String command, String option) {
        var home = System.getProperty("paddock.home", "");
        return Program.of(
                        System.getProperty("java.home", "") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djna.encoding=UTF-8",
                        "-Dpaddock.home=" + home,
                        "-cp",
                        home + "/engine/cli/target/paddock.jar",
                        "dev.paddock.cli.Main",
                        "--lab=other",
                        command,
                        home + "/playbooks/agent-sandbox.yaml",
                        option)
                .withEnvironment(Map.of("PADDOCK_LAB_DIR", Labs.folder().toString()))
                .withLimit(Duration.ofMinutes(8))
                .run();
    }

    private static String version(Lab lab) throws LabException {
        return output(lab, "virsh", "-c", "qemu:///system", "version", "--daemon")
                .lines()
                .filter(line -> line.startsWith("Running against daemon"))
                .findFirst()
                .orElseThrow();
    }

    private static String output(Lab lab, String... command) throws LabException {
        return lab.capture(List.of(command)) instanceof ProcessResult.Ended ended ? ended.output() : "";
    }
}
