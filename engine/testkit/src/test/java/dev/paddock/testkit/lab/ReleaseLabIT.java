package dev.paddock.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.Outcome;
import java.nio.file.Path;
import java.util.List;
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

    private static String version(Lab lab) throws LabException {
        return output(lab, "virsh", "-c", "qemu:///system", "version", "--daemon")
                .lines()
                .filter(line -> line.startsWith("Running against daemon"))
                .findFirst()
                .orElseThrow();
    }

    private static String output(Lab lab, String... command) throws LabException {
        return lab.capture(List.of(command)) instanceof Outcome.Ended ended ? ended.output() : "";
    }
}
