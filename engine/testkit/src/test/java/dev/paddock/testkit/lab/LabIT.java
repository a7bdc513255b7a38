package dev.paddock.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.machine.BridgeFiltering;
import dev.paddock.host.process.HostProcess;
import dev.paddock.host.process.Outcome;
import dev.paddock.host.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LabIT {
    private final Lab lab = Labs.lab("one");
    private final Lab other = Labs.lab("two");

    @AfterEach
    void stop() throws LabException {
        lab.stop();
        other.stop();
    }

    @Test
    void aStartedLabAnswersAtItsSockets() throws LabException {
        var endpoint = lab.start();

        assertThat(lab.status()).isInstanceOf(LabStatus.Running.class);
        assertThat(endpoint.socket()).exists();
        assertThat(endpoint.readOnlySocket()).exists();
        assertThat(endpoint.uri()).isEqualTo("qemu:///system?socket=" + endpoint.socket());
    }

    @Test
    void aLabHasTheStockFilters() throws LabException {
        lab.start();

        assertThat(inside("ls", "/etc/libvirt/nwfilter")).contains("clean-traffic.xml");
    }

    @Test
    void startingTwiceKeepsTheLab() throws LabException {
        lab.start();
        var init = init();
        lab.start();

        assertThat(init()).isEqualTo(init);
    }

    @Test
    void startingAtTheSameTimeStartsOneLab() throws LabException {
        var starts = Stream.generate(() -> CompletableFuture.runAsync(this::startUnchecked))
                .limit(4)
                .toList();
        starts.forEach(CompletableFuture::join);

        assertThat(marked()).hasSizeGreaterThanOrEqualTo(3);
        // Of shells there may be one for each daemon.
        assertThat(Program.of("pgrep", "-f", "unshare .*sh " + folder(lab) + "/lab-init.sh")
                        .run())
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended -> assertThat(ended.output().lines()).hasSize(1));
    }

    @Test
    void aStoppedLabLeavesNothing() throws LabException {
        lab.start();
        var init = init();
        lab.stop();

        assertThat(lab.status()).isInstanceOf(LabStatus.Absent.class);
        assertThat(HostProcess.of(init).filter(HostProcess::isAlive)).isEmpty();
        assertThat(marked()).isEmpty();
        assertThat(folder(lab)).doesNotExist();
        assertThat(Path.of("/proc/self/mounts"))
                .content()
                .doesNotContain(Labs.folder().toString());
    }

    @Test
    void stoppingWhatIsNotThereIsNoFailure() throws LabException {
        lab.stop();

        assertThat(lab.status()).isInstanceOf(LabStatus.Absent.class);
    }

    @Test
    void aLabWhoseFirstProcessWasKilledHasEnded() throws LabException {
        lab.start();
        kill(init());

        assertThat(lab.status()).isInstanceOf(LabStatus.Ended.class);
    }

    @Test
    void aLabWhoseFirstProcessWasKilledStartsAfresh() throws LabException {
        lab.start();
        kill(init());
        lab.start();

        assertThat(lab.status()).isInstanceOf(LabStatus.Running.class);
    }

    @Test
    void aLabWhoseFirstProcessWasKilledIsClearedAwayByStop() throws LabException {
        lab.start();
        kill(init());
        lab.stop();

        assertThat(marked()).isEmpty();
        assertThat(folder(lab)).doesNotExist();
    }

    @Test
    void killingWhatHoldsTheNamespacesEndsTheLab() throws LabException {
        lab.start();
        var all = marked();
        all.forEach(HostProcess::kill);

        assertThat(all).allMatch(process -> process.awaitEnd(Duration.ofSeconds(10)));
        assertThat(lab.status()).isInstanceOf(LabStatus.Ended.class);
    }

    @Test
    void killedDaemonsAreStartedAgainAndTheNetworksGoOn() throws Exception {
        lab.start();
        define(lab, "survivor");
        var daemons = daemons();
        assertThat(daemons).isNotEmpty();
        for (var daemon : daemons) {
            inside("kill", "-9", daemon);
        }
        awaitAnswer();

        assertThat(daemons()).hasSameSizeAs(daemons).doesNotContainAnyElementsOf(daemons);
        assertThat(inside("virsh", "net-list", "--name")).contains("survivor");
    }

    @Test
    void aLabWhoseFolderWasRemovedIsStillFoundAndStopped() throws Exception {
        lab.start();
        Program.of("rm", "-rf", folder(lab).toString()).run();

        assertThat(Lab.all(Labs.folder())).extracting(Lab::name).contains(lab.name());
        lab.stop();
        assertThat(marked()).isEmpty();
    }

    @Test
    void aFolderThatAStartLeftBehindIsNoObstacle() throws Exception {
        Files.createDirectories(folder(lab).resolve("etc"));
        Files.writeString(folder(lab).resolve("init"), "pid=1\nstarted=1\n");
        lab.start();

        assertThat(lab.status()).isInstanceOf(LabStatus.Running.class);
    }

    @Test
    void aForeignProcessOfTheSameNumberIsLeftAlone() throws Exception {
        var foreign = new ProcessBuilder("sleep", "60").start();
        Files.createDirectories(folder(lab));
        Files.writeString(folder(lab).resolve("init"), "pid=%d\nstarted=1\n".formatted(foreign.pid()));
        lab.stop();

        assertThat(foreign.isAlive()).isTrue();
        foreign.destroyForcibly();
    }

    @Test
    void twoLabsHaveNothingInCommon() throws Exception {
        lab.start();
        other.start();
        define(lab, "mine");

        assertThat(inside("virsh", "net-list", "--name")).contains("mine");
        assertThat(inside("ip", "link")).contains("virbr0");
        assertThat(output(other.capture(List.of("virsh", "net-list", "--all", "--name"))))
                .isBlank();
        assertThat(output(other.capture(List.of("ip", "link")))).doesNotContain("virbr0");
        lab.stop();
        assertThat(other.status()).isInstanceOf(LabStatus.Running.class);
    }

    @Test
    void theMachineStaysAsItWas() throws Exception {
        var before = machine();
        lab.start();
        define(lab, "noisy");
        var during = machine();
        lab.stop();

        assertThat(during).isEqualTo(before);
        assertThat(machine()).isEqualTo(before);
    }

    @Test
    void aLabBesideARunningLibvirtdLeavesThatAlone() throws Exception {
        // Inside of a lab there is a libvirtd at libvirt's own paths, as there is on a machine with libvirt in use.
        lab.start();
        define(lab, "theirs");
        var before = inside("virsh", "net-list", "--all") + inside("ls", "/sys/class/net");
        inside(
                "env",
                "PADDOCK_LAB_DIR=" + folder(lab).resolve("nested"),
                System.getProperty("paddock.home", "../..") + "/paddock",
                "lab",
                "run",
                "inner",
                "--",
                "virsh",
                "nwfilter-undefine",
                "clean-traffic-gateway");

        assertThat(inside("virsh", "net-list", "--all") + inside("ls", "/sys/class/net"))
                .isEqualTo(before);
        assertThat(inside("virsh", "nwfilter-list")).contains("clean-traffic-gateway");
    }

    @Test
    void aGuestBehindAFilterRunsInALab() throws Exception {
        lab.start();
        define(lab, "guests");
        var file = Files.createTempFile("guest", ".xml");
        try {
            Files.writeString(file, """
                    <domain type='qemu'><name>test-guest</name><memory unit='MiB'>32</memory>
                      <os><type arch='x86_64'>hvm</type></os>
                      <devices><interface type='network'><source network='guests'/><filterref filter='no-mac-spoofing'/>
                      </interface></devices></domain>""");
            inside("virsh", "create", file.toString());
        } finally {
            Files.delete(file);
        }

        assertThat(inside("virsh", "list", "--name")).contains("test-guest");
        assertThat(inside("ebtables", "-t", "nat", "-L")).contains("libvirt-I-vnet0");
    }

    @Test
    void bridgedTrafficPassesThroughIptables() throws LabException {
        lab.start();

        assertThat(inside("cat", "/proc/sys/net/bridge/bridge-nf-call-iptables"))
                .isEqualToIgnoringNewLines("1");
    }

    @Test
    void whetherItDoesIsReadWithinTheLab() throws LabException {
        var uri = lab.start().uri();

        inside("sysctl", "-w", "net.bridge.bridge-nf-call-iptables=0");

        assertThat(BridgeFiltering.at(uri)).contains(BridgeFiltering.OFF);
        try (var reader = new LibvirtConnector().reader(uri)) {
            assertThat(reader.filtersBridges()).isFalse();
        }
    }

    @Test
    void aProgramInsideEndsWithItsOwnExitCode() throws LabException {
        lab.start();

        assertThat(lab.run(List.of("sh", "-c", "exit 7"))).isEqualTo(7);
    }

    @Test
    void aProgramInsideStartsInTheFolderOfTheCaller() throws LabException {
        lab.start();

        assertThat(inside("pwd"))
                .isEqualToIgnoringNewLines(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void noProgramRunsInALabThatIsNotThere() {
        assertThatThrownBy(() -> lab.capture(List.of("true")))
                .isInstanceOfSatisfying(
                        LabException.class,
                        failure -> assertThat(failure.diagnostic().fix()).contains("paddock lab start one"));
    }

    @Test
    void aPathTooLongForASocketIsTold() {
        var deep = Labs.folder().resolve("d".repeat(80));

        assertThatThrownBy(() -> Lab.named(LabName.DEFAULT, deep).start())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("107 bytes");
    }

    @Test
    void theSharedLabIsStartedOnce() {
        assertThat(Labs.uri()).isEqualTo(Labs.uri());
        assertThat(Labs.shared().status()).isInstanceOf(LabStatus.Running.class);
    }

    private void startUnchecked() {
        try {
            lab.start();
        } catch (LabException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void define(Lab where, String network) throws Exception {
        var file = Files.createTempFile("network", ".xml");
        try {
            Files.writeString(
                    file,
                    "<network><name>%s</name><forward mode='nat'/><ip address='192.168.231.1' prefix='24'/></network>"
                            .formatted(network));
            output(where.capture(List.of("virsh", "net-define", file.toString())));
            output(where.capture(List.of("virsh", "net-start", network)));
        } finally {
            Files.delete(file);
        }
    }

    private String inside(String... command) throws LabException {
        return output(lab.capture(List.of(command)));
    }

    private static String output(Outcome outcome) {
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return ((Outcome.Ended) outcome).output();
    }

    private long init() {
        assertThat(lab.status()).isInstanceOf(LabStatus.Running.class);
        return ((LabStatus.Running) lab.status()).init();
    }

    /** Return libvirtd's number in the lab, or those of the daemons that this libvirt has for each driver. */
    private List<String> daemons() throws LabException {
        return inside("pgrep", "-x", "libvirtd|virt[a-z]+d").lines().toList();
    }

    private void awaitAnswer() throws LabException {
        lab.start();
    }

    private static void kill(long pid) {
        var process = HostProcess.of(pid).orElseThrow();
        process.kill();
        assertThat(process.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    private List<HostProcess> marked() {
        return HostProcess.withVariable("PADDOCK_LAB_FOLDER", folder(lab).toString());
    }

    private static Path folder(Lab lab) {
        return Labs.folder().resolve(lab.name().text());
    }

    /** Return all of the machine that a libvirt could have changed. */
    private static List<String> machine() {
        return Stream.of(
                        List.of("ip", "-o", "link"),
                        List.of("ip", "route", "show", "table", "all"),
                        List.of("ip", "netns"),
                        List.of("nft", "list", "ruleset"),
                        List.of("iptables-save"),
                        List.of("ebtables-save"),
                        List.of("cat", "/proc/sys/net/ipv4/ip_forward", "/proc/self/mounts"),
                        List.of("ls", "/run", "/var/lib/libvirt", "/etc/libvirt", "/var/log/libvirt"))
                .map(command -> Program.of(command.toArray(String[]::new)).run())
                .map(outcome -> outcome instanceof Outcome.Ended ended ? ended.output() : "")
                // Counters and times change by themselves.
                .map(text -> text.replaceAll("(?m)^#.*$|\\[\\d+:\\d+]|packets \\d+ bytes \\d+|expires \\d+sec", ""))
                .toList();
    }
}
