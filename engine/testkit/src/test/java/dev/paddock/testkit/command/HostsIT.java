package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several hosts on real libvirt: two labs, and one that does not answer. */
@Timeout(120)
class HostsIT {
    private static final String SECRET = "hunter2hunter2";
    private static final String PLAYBOOK = """
            - hosts: all
              project: hosts
              vars_files: [secret.yaml]
              networks:
                - name: shared
                  bridge: br-shared
                  address: 10.66.0.1/24
                  dns: {txts: [{name: token, value: "${token}"}]}
            - hosts: second
              project: hosts
              nwfilters:
                - {name: only-second, rules: [{action: drop, direction: in, icmp: {}}]}
            """;

    /** The value is encrypted by ansible-vault, with the password "development" and the text {@link #SECRET}. */
    private static final String VAULTED = """
            $ANSIBLE_VAULT;1.1;AES256
            32663434626431613434333235333337343635386532666539393532653533646634353236373933
            6135313235613932636662653638646666336366366162330a366539636432663534323663613037
            31333533623238396635616162356630373863666265306532633734343062363264363364363631
            6337663566643539300a393039343138663362303830343537323865306461613961663239396430
            3961
            """;

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String file = "";

    @BeforeEach
    void files() {
        shell = new Shell(new LibvirtConnector(), folder);
        shell.file("secret.yaml", "token: !secret " + SECRET + "\n");
        file = shell.file("a.yaml", PLAYBOOK);
        cleared("one");
        cleared("two");
        shell.file(
                "with-gone.yaml",
                "hosts: {first: '%s', gone: 'qemu:///system?socket=/nonexistent/libvirt-sock', second: '%s'}%n"
                        .formatted(Labs.uri("one"), Labs.uri("two")));
        shell.file("hosts.yaml", "hosts: {first: '%s', second: '%s'}%n".formatted(Labs.uri("one"), Labs.uri("two")));
    }

    private void cleared(String lab) {
        var clean = shell.file("clean.yaml", "- {project: hosts, networks: []}\n");
        shell.run("-c", Labs.uri(lab), "apply", clean, "--prune", "--auto-approve");
    }

    private Shell.Result run(String inventory, String... arguments) {
        var all = new ArrayList<>(List.of("-i", shell.path(inventory)));
        all.addAll(List.of(arguments));
        var run = shell.run(all.toArray(String[]::new));
        assertThat(run.all()).doesNotContain(SECRET);
        return run;
    }

    private boolean has(String lab, String address) {
        return shell.run("-c", Labs.uri(lab), "show", address).exitCode() == 0;
    }

    @Test
    void everyHostGetsItsOwnInTheOrderOfTheInventory() {
        var plan = run("hosts.yaml", "plan", file);
        assertThat(plan.output()).containsSubsequence("Host first", "+ network/shared", "Host second", "only-second");
        assertThat(plan.output()).contains("Plan: 3 to add");
        var apply = run("hosts.yaml", "apply", file, "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(apply.messages())
                .contains("first: network/shared: Creation complete", "second: network/shared: Creation complete");
        assertThat(apply.output()).endsWith("""
                        first   ok  1 added, 0 changed, 0 destroyed
                        second  ok  2 added, 0 changed, 0 destroyed
                        Apply complete! Resources: 3 added, 0 changed, 0 destroyed.
                        """);
        assertThat(has("one", "nwfilter/only-second")).isFalse();
        assertThat(has("two", "nwfilter/only-second")).isTrue();
        assertThat(run("hosts.yaml", "plan", file, "--detailed-exitcode").exitCode())
                .isZero();
    }

    @Test
    void aLimitLeavesTheOthersAlone() {
        var apply = run("with-gone.yaml", "apply", file, "--limit", "second", "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(has("one", "network/shared")).isFalse();
        assertThat(has("two", "network/shared")).isTrue();
    }

    @Test
    void aHostThatDoesNotAnswerHoldsUpNoOther() {
        var apply = run("with-gone.yaml", "apply", file, "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isEqualTo(3);
        assertThat(apply.messages()).contains("Host 'gone'", "--limit 'all,!gone'");
        assertThat(apply.output()).contains("Apply incomplete. Resources: 3 added", "Not reached: gone.");
        assertThat(has("one", "network/shared")).isTrue();
        assertThat(has("two", "network/shared")).isTrue();
        var without = run("with-gone.yaml", "plan", file, "--limit", "all,!gone", "--detailed-exitcode");
        assertThat(without.exitCode()).as(without.all()).isZero();
    }

    @Test
    void aSecretIsInNoOutputNoSavedPlanAndNoCommandLine() throws Exception {
        var plan = folder.resolve("a.plan");
        Set<String> seen = new TreeSet<>();
        for (var arguments : List.of(
                List.of("plan", file),
                List.of("-o", "json", "plan", file),
                List.of("plan", file, "--out", plan.toString()),
                List.of("apply", plan.toString()),
                List.of("-o", "json", "apply", file, "--auto-approve"),
                List.of("validate", file),
                List.of("destroy", file, "--auto-approve"))) {
            var all = new ArrayList<>(List.of("-i", shell.path("hosts.yaml")));
            all.addAll(arguments);
            try (var paddock = Paddock.start(folder, all.toArray(String[]::new))) {
                while (paddock.isAlive()) {
                    Paddock.commandLines().lines().forEach(seen::add);
                }
                var run = paddock.end();
                assertThat(run.exitCode()).as(run.all()).isZero();
                assertThat(run.all()).doesNotContain(SECRET);
            }
        }
        assertThat(seen).anyMatch(line -> line.contains("dev.paddock.cli.Main"));
        assertThat(seen).noneMatch(line -> line.contains(SECRET));
        assertThat(Files.readString(plan)).doesNotContain(SECRET).doesNotContain("<network>");
    }

    @Test
    void anInventoryOfAnsibleGivesTheHostsTheirVariablesAndSecrets() throws Exception {
        Files.createDirectories(folder.resolve("inventory/group_vars"));
        Files.createDirectories(folder.resolve("inventory/host_vars"));
        shell.file(
                "inventory/hosts.ini",
                "[labs]\nfirst libvirt_uri=%s\nsecond libvirt_uri=%s\n[labs:vars]\nsubnet=10.66.0\n"
                        .formatted(Labs.uri("one"), Labs.uri("two")));
        shell.file("inventory/group_vars/labs.yml", "token: !vault |\n" + VAULTED.indent(2));
        shell.file("inventory/host_vars/second", "subnet: 10.67.0\n");
        var password = Path.of(shell.file("password", "development"));
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        var playbook = shell.file("b.yaml", """
                - hosts: labs
                  project: hosts
                  networks:
                    - name: shared
                      bridge: br-shared
                      address: "${subnet}.1/24"
                      dns: {txts: [{name: token, value: "${token}"}]}
                """);

        var without = run("inventory", "plan", playbook);
        assertThat(without.messages()).contains("PD1306", "labs.yml:1:8", "--vault-id default@FILE");
        var apply = run("inventory", "apply", playbook, "--vault-password-file", password.toString(), "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(apply.output()).endsWith("""
                first   ok  1 added, 0 changed, 0 destroyed
                second  ok  1 added, 0 changed, 0 destroyed
                Apply complete! Resources: 2 added, 0 changed, 0 destroyed.
                """);
        assertThat(shell.run("-c", Labs.uri("two"), "show", "network/shared").all())
                .contains("10.67.0.1");
    }

    @Test
    void aBatchThatFailsAsAWholeEndsTheRun() {
        var serial = shell.file(
                "serial.yaml",
                "- {hosts: all, project: hosts, serial: 1, networks: [{name: shared, bridge: br-shared}]}\n");
        shell.file(
                "gone-first.yaml",
                "hosts: {gone: 'qemu:///system?socket=/nonexistent/libvirt-sock', first: '%s'}%n"
                        .formatted(Labs.uri("one")));
        var apply = run("gone-first.yaml", "apply", serial, "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isEqualTo(3);
        assertThat(apply.messages()).contains("PD1311", "nothing was done on: first.");
        assertThat(apply.output()).contains("gone   unreachable", "first  not begun", "Apply incomplete.");
        assertThat(has("one", "network/shared")).isFalse();
    }
}
