package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VM that gets another name stays the same VM. */
class RenameTest {
    private static final String FIELDS =
            "state: stopped, networks: {name: lab, address: 10.1.0.11}, disks: [{size: 1 GiB}],"
                    + " cloud_init: {packages: git}";

    private static final String NETWORK =
            "- project: p\n  networks: [{name: lab, address: 10.1.0.1/24, dhcp: 10.1.0.100-10.1.0.199}]\n";

    private static final String OLD = NETWORK + "  vms: [{name: web, " + FIELDS + "}]\n";
    private static final String NEW = NETWORK + "  vms: [{name: www, renamed_from: web, " + FIELDS + "}]\n";

    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();
    private Shell shell = new Shell(host, Path.of("."));

    @BeforeEach
    void aVm() {
        shell = new Shell(host, folder);
        shell.applied(shell.file("old.yaml", OLD));
    }

    @Test
    void itKeepsUuidAddressesAndDisks() {
        var before = host.objects("vm").get("web");
        var volumes = disks();
        var renamed = shell.file("new.yaml", NEW);
        var plan = shell.run("plan", renamed, "--prune");
        assertThat(plan.output()).contains("~ vm/www", "name: \"web\" -> \"www\"", "0 to replace, 0 to destroy");
        shell.applied(renamed, "--prune");

        assertThat(host.objects("vm")).containsOnlyKeys("www");
        assertThat(disks()).isEqualTo(volumes);
        var after = (Observed.Present) host.objects("vm").get("www");
        assertThat(after.uuid()).isEqualTo(((Observed.Present) before).uuid());
        assertThat(after.defined().child("devices").orElseThrow().children("interface"))
                .isEqualTo(((Observed.Present) before)
                        .defined()
                        .child("devices")
                        .orElseThrow()
                        .children("interface"));
    }

    @Test
    void oneThatRunsIsAnErrorWithAWayOut() {
        start("web");
        var plan = shell.run("apply", shell.file("new.yaml", NEW), "--auto-approve");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("PD1406", "new.yaml:3:", "paddock vm stop web");
        assertThat(host.objects("vm")).containsOnlyKeys("web");
    }

    @Test
    void theVmOfAnotherProjectIsNotRenamed() {
        var plan = shell.run("plan", shell.file("new.yaml", NEW.replace("project: p", "project: q")));
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(host.objects("vm")).containsOnlyKeys("web");
    }

    @Test
    void onAHostWithoutTheOldOneItIsCreatedWithTheSameIdentity() {
        var fresh = new MemoryHost(3);
        shell.at(fresh).applied(shell.file("new.yaml", NEW));
        assertThat(((Observed.Present) fresh.objects("vm").get("www")).uuid())
                .isEqualTo(((Observed.Present) host.objects("vm").get("web")).uuid());
    }

    @Test
    void anAbsentVmIsShutDownAsItsDeclarationSays() {
        start("web");
        var absent = shell.file(
                "absent.yaml",
                "- {project: p, vms: [{name: web, state: absent, shutdown: {timeout: 7, force: true}}]}");
        assertThat(shell.run("apply", absent, "--auto-approve").exitCode()).isZero();
        assertThat(host.performed())
                .contains(new Action.Shutdown(new ResourceId("vm", "web"), Duration.ofSeconds(7), true));
    }

    /** The disc of the first boot is another, because the host name in it changes. */
    private List<String> disks() {
        return host.objects("volume").keySet().stream()
                .filter(name -> name.endsWith(".qcow2"))
                .toList();
    }

    private void start(String name) {
        try (var writer = host.writer("")) {
            writer.perform(new Action.Start(new ResourceId("vm", name)));
        }
    }
}
