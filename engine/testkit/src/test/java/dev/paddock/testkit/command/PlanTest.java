package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plan, apply and destroy promise, on a host in memory. */
@Timeout(60)
class PlanTest {
    private static final String BOTH = """
            - name: Sandboxes
              nwfilters:
                - name: base
                  rules: [{action: accept, direction: inout, arp: {}}]
                - name: top
                  rules:
                    - filterref: base
                    - {action: drop, direction: in, priority: 600, all: {}}
              networks:
                - name: agents
                  address: 192.168.101.1/24
                  dhcp: 192.168.101.10-192.168.101.254
                  autostart: true
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(host, folder);
    }

    @AfterEach
    void nothingIsLeaked() {
        assertThat(host.violations()).isEmpty();
    }

    @Test
    void aPlanWritesNothing() {
        var file = shell.file("a.yaml", BOTH);
        assertThat(shell.run("plan", file).exitCode()).isZero();
        assertThat(shell.run("plan", file, "--prune", "--adopt").exitCode()).isZero();
        assertThat(shell.run("plan", file, "--destroy").exitCode()).isZero();
        assertThat(shell.run("apply", file, "--check", "--diff").exitCode()).isZero();
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void theDetailedExitCodeTellsChangesFromNone() {
        var file = shell.file("a.yaml", BOTH);
        assertThat(shell.run("plan", file, "--detailed-exitcode").exitCode()).isEqualTo(2);
        shell.applied(file);
        assertThat(shell.run("plan", file, "--detailed-exitcode").output())
                .isEqualTo("No changes. Your infrastructure matches the configuration.\n");
    }

    @Test
    void theDetailedExitCodeOfMistakesIsThatOfAFailure() {
        var file = shell.file("a.yaml", "- networks:\n    - {name: a, forwrad: nat}\n");
        var plan = shell.run("plan", file, "--detailed-exitcode");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("a.yaml:2:17").contains("forward");
    }

    @Test
    void aCommandLineThatIsNotUnderstoodHasItsOwnExitCode() {
        assertThat(shell.run("plan").exitCode()).isEqualTo(64);
        assertThat(shell.run("plan", "a.yaml", "--detialed-exitcode").messages())
                .contains("Did you mean \"--detailed-exitcode\"?");
    }

    @Test
    void aHostThatDoesNotAnswerHasItsOwnExitCode() {
        var file = shell.file("a.yaml", BOTH);
        var plan = shell.at(new Unreachable(host, "qemu:///system")).run("plan", file);
        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.messages()).contains("PD3001");
    }

    @Test
    void theSummaryCountsWhatIsDone() {
        shell.applied(shell.file("a.yaml", BOTH));
        var changed = BOTH.replace("101.10-", "101.20-")
                .replace("600", "700")
                .replace("autostart: true", "autostart: true\n      mtu: 1400");
        var plan = shell.run("plan", shell.file("b.yaml", changed));
        assertThat(plan.output())
                .endsWith("Plan: 0 to add, 2 to change (1 live, 1 restart), 0 to replace, 0 to destroy.\n");
        var apply = shell.run("apply", shell.path("b.yaml"), "--auto-approve");
        assertThat(apply.output()).endsWith("Apply complete! Resources: 0 added, 2 changed, 0 destroyed.\n");
    }

    @Test
    void symbolsTellWhatBecomesOfResources() {
        shell.applied(shell.file("a.yaml", BOTH + "    - {name: old, address: 10.1.0.1/24}\n"));
        var changed = BOTH.replace("600", "700").replace("autostart: true", "autostart: true\n      mtu: 1400")
                + "    - {name: new, address: 10.2.0.1/24}\n";
        var output = shell.run(
                        "plan",
                        shell.file("b.yaml", changed.replace("- name: Sandboxes", "- project: default")),
                        "--prune")
                .output();
        assertThat(output)
                .contains("\n  + network/new\n")
                .contains("  ~ nwfilter/top\n")
                .contains("  ! network/agents\n")
                .contains("  - network/old\n")
                .contains("# network/old will be destroyed  declared no more");
    }

    @Test
    void withoutATerminalNothingIsColored() {
        var file = shell.file("a.yaml", BOTH);
        assertThat(shell.run("plan", file).all()).doesNotContain("\u001b");
        assertThat(shell.answering("no", "plan", file).output()).contains("\u001b[");
        assertThat(shell.answering("no", "plan", file, "--no-color").all()).doesNotContain("\u001b");
    }

    @Test
    void aForeignNetworkIsToldAndLeftAlone() {
        define("network", "agents", "<network><name>agents</name><ip address='10.0.0.1' prefix='8'/></network>");
        var before = host.objects("network");
        var apply = shell.run("apply", shell.file("a.yaml", BOTH), "--auto-approve");
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages())
                .contains("PD2001", "a.yaml:10:7", uuid("network", "agents"), "--adopt", "Nothing was changed.");
        assertThat(host.objects("network")).isEqualTo(before);
        assertThat(host.objects("nwfilter")).isEmpty();
    }

    @Test
    void adoptingKeepsTheUuidOfBothKinds() {
        define("network", "agents", "<network><name>agents</name><ip address='10.0.0.1' prefix='8'/></network>");
        define("nwfilter", "top", "<filter name='top'><rule action='accept' direction='in'><arp/></rule></filter>");
        var network = uuid("network", "agents");
        var filter = uuid("nwfilter", "top");
        var file = shell.file("a.yaml", BOTH);
        var apply = shell.run("apply", file, "--adopt", "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(apply.output()).contains("2 to adopt").contains("2 adopted");
        shell.inSync(file);
        shell.inSync(file, "--adopt");
        shell.inSync(file, "--prune");
        assertThat(uuid("network", "agents")).isEqualTo(network);
        assertThat(uuid("nwfilter", "top")).isEqualTo(filter);
    }

    @Test
    void whatWasAdoptedIsPrunedByItsProjectAndByNoOther() {
        define("network", "agents", "<network><name>agents</name><ip address='10.0.0.1' prefix='8'/></network>");
        define("nwfilter", "top", "<filter name='top'><rule action='accept' direction='in'><arp/></rule></filter>");
        shell.applied(shell.file("a.yaml", BOTH), "--adopt");
        var other = shell.file("other.yaml", "- project: other\n  networks: []\n");
        shell.inSync(other, "--prune");
        shell.applied(shell.file("none.yaml", "- {project: default, networks: []}\n"), "--prune");
        assertThat(host.objects("network")).isEmpty();
        assertThat(host.objects("nwfilter")).isEmpty();
    }

    @Test
    void anAdoptedFilterIsForeignToAnotherProject() {
        define("nwfilter", "top", "<filter name='top'><rule action='accept' direction='in'><arp/></rule></filter>");
        shell.applied(shell.file("a.yaml", BOTH), "--adopt");
        var other = shell.file("other.yaml", BOTH.replace("- name: Sandboxes", "- project: other"));
        var plan = shell.run("plan", other);
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("Another project adopted it.", "It belongs to the project 'default'.");
    }

    @Test
    void pruningRemovesOnlyWhatTheProjectMade() {
        define("network", "foreign", "<network><name>foreign</name></network>");
        shell.applied(shell.file("theirs.yaml", "- project: theirs\n  networks: [{name: theirs}]\n"));
        shell.applied(shell.file("a.yaml", BOTH));
        var less = shell.file(
                "b.yaml",
                "- project: default\n  networks: [{name: agents, address: 192.168.101.1/24, dhcp: 192.168.101.10-192.168.101.254}]\n");
        assertThat(shell.run("plan", less).output()).contains("No changes.");
        shell.applied(less, "--prune");
        assertThat(host.objects("network")).containsOnlyKeys("foreign", "theirs", "agents");
        assertThat(host.objects("nwfilter")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=local", "--target=network/agents", "--tags=x", "--skip-tags=x"})
    void pruningRefusesToBeNarrowed(String option) {
        var plan = shell.run("plan", shell.file("a.yaml", BOTH), "--prune", option);
        assertThat(plan.exitCode()).isEqualTo(64);
        assertThat(plan.messages()).contains("--prune");
    }

    @Test
    void aProtectedResourceOutlivesItsDeclarationUntilItIsProtectedNoMore() {
        var guarded = BOTH.replace("- name: agents\n", "- name: agents\n      protect: true\n")
                .replace("- name: top\n", "- name: top\n      protect: true\n");
        shell.applied(shell.file("a.yaml", guarded));
        var none = shell.file("none.yaml", "- {project: default, networks: []}\n");
        var absent = shell.file("absent.yaml", gone());
        for (var call : List.of(
                List.of("apply", none, "--prune"),
                List.of("apply", absent),
                List.of("destroy", shell.path("a.yaml")))) {
            var arguments = new ArrayList<>(call);
            arguments.add("--auto-approve");
            var run = shell.run(arguments.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
            assertThat(run.messages()).contains("PD2002", "network/agents", "nwfilter/top", "protect: false");
        }
        assertThat(host.objects("network")).containsKey("agents");
        assertThat(host.objects("nwfilter")).containsKeys("top", "base");

        shell.applied(shell.file("b.yaml", BOTH));
        shell.applied(absent);
        shell.applied(none, "--prune");
        assertThat(host.objects("network")).isEmpty();
        assertThat(host.objects("nwfilter")).isEmpty();
    }

    private static String gone() {
        return "- networks: [{name: agents, state: absent}]\n  nwfilters: [{name: top, state: absent}]\n";
    }

    @Test
    void destroyRemovesOnlyWhatIsDeclared() {
        define("network", "foreign", "<network><name>foreign</name></network>");
        shell.applied(shell.file("a.yaml", BOTH + "    - {name: kept}\n"));
        var destroy = shell.run("destroy", shell.file("b.yaml", BOTH), "--auto-approve");
        assertThat(destroy.exitCode()).as(destroy.all()).isZero();
        assertThat(destroy.output()).endsWith("0 added, 0 changed, 3 destroyed.\n");
        assertThat(host.objects("network")).containsOnlyKeys("foreign", "kept");
        assertThat(host.objects("nwfilter")).isEmpty();
        assertThat(shell.run("destroy", shell.path("b.yaml"), "--auto-approve").exitCode())
                .isZero();
    }

    @Test
    void whatIsStillReferredToIsNotDestroyed() {
        shell.applied(shell.file("a.yaml", BOTH));
        var base = shell.file(
                "base.yaml", "- nwfilters: [{name: base, rules: [{action: accept, direction: inout, arp: {}}]}]\n");
        var destroy = shell.run("destroy", base, "--auto-approve");
        assertThat(destroy.exitCode()).isEqualTo(1);
        assertThat(destroy.messages()).contains("PD1403", "nwfilter/top");
        assertThat(host.objects("nwfilter")).containsKey("base");
    }

    @Test
    void aTargetTakesWhatItNeedsAlong() {
        shell.applied(shell.file("a.yaml", BOTH), "--target", "nwfilter/top");
        assertThat(host.objects("nwfilter")).containsOnlyKeys("base", "top");
        assertThat(host.objects("network")).isEmpty();
    }

    @Test
    void aTargetThatIsNotThereIsTold() {
        var plan = shell.run("plan", shell.file("a.yaml", BOTH), "--target", "network/agent");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("PD1302", "Did you mean 'network/agents'?");
    }

    @Test
    void conditionsRepetitionsAndTagsChoose() {
        var file = shell.file("a.yaml", """
                - vars: {nets: {red: 1, blue: 2}, extra: false}
                  networks:
                    - {name: "net-${each.key}", for_each: "${nets}", address: "10.${each.value}.0.1/24", tags: [loop]}
                    - {name: sometimes, when: "${extra}", tags: [rare]}
                """);
        assertThat(addresses(shell.run("plan", "-o", "json", file).json()))
                .containsExactly("network/net-red", "network/net-blue");
        assertThat(addresses(shell.run("plan", "-o", "json", file, "-e", "extra=true", "-t", "rare")
                        .json()))
                .containsExactly("network/sometimes");
        assertThat(addresses(shell.run("plan", "-o", "json", file, "--skip-tags", "loop")
                        .json()))
                .isEmpty();
    }

    @Test
    void whatStandsInAFileDoesNotSteerTheTerminal() {
        var file = shell.file("a.yaml", "- networks: [{name: a, mtu: \"\\e[31m\\u202Etxt\"}]\n");
        var plan = shell.run("plan", file);
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("\\u001B[31m\\u202Etxt").doesNotContain("\u001B[31m", "\u202E");
    }

    @Test
    void whatIsNoFileIsNoPlaybook() {
        assertThat(shell.run("plan", "-").messages()).contains("not read from the standard input");
        assertThat(shell.run("plan", "").exitCode()).isEqualTo(64);
        assertThat(shell.run("-c", "garbage", "plan", shell.file("a.yaml", BOTH))
                        .exitCode())
                .isEqualTo(64);
    }

    @Test
    void everyHostIsPlannedAlsoWhenOneDoesNotAnswer() {
        var hosts = new Unreachable(host, "test:///b");
        var inventory = shell.file("hosts.yaml", "hosts: {a: 'test:///a', b: 'test:///b'}\n");
        var file = shell.file("a.yaml", BOTH.replace("- name: Sandboxes", "- hosts: all"));
        var plan = shell.at(hosts).run("plan", "-i", inventory, file);
        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.output()).contains("Host a (test:///a)", "+ network/agents", "Plan: 3 to add");
        assertThat(plan.messages()).contains("Host 'b': ", "--limit 'all,!b'");

        var apply = shell.at(hosts).run("apply", "-i", inventory, file, "--auto-approve");
        assertThat(apply.exitCode()).isEqualTo(3);
        assertThat(apply.output())
                .endsWith("Apply incomplete. Resources: 3 added, 0 changed, 0 destroyed. Not reached: b.\n");
        assertThat(host.objects("network")).containsKey("agents");
        assertThat(shell.at(hosts)
                        .run("-o", "json", "apply", "-i", inventory, file, "--auto-approve")
                        .json()
                        .at("/unreached/0")
                        .asText())
                .isEqualTo("b");
        shell.at(hosts).inSync("-i", inventory, file, "--limit", "all,!b");

        var alone = shell.at(hosts).run("apply", "-i", inventory, file, "--auto-approve", "--limit", "b");
        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.messages()).contains("Nothing was changed.");
    }

    @Test
    void twoNamesOfOneHostAreOneHost() {
        var inventory = shell.file("hosts.yaml", "hosts: {a: 'test:///a', b: 'test:///a'}\n");
        var file = shell.file("a.yaml", BOTH.replace("- name: Sandboxes", "- hosts: all"));
        shell.applied("-i", inventory, file, "--prune");
        assertThat(host.objects("network")).containsOnlyKeys("agents");
        var apart = shell.file(
                "b.yaml",
                "- {hosts: a, project: default, networks: [{name: one}]}\n- {hosts: b, networks: [{name: two}]}\n");
        shell.applied("-i", inventory, apart, "--prune");
        assertThat(host.objects("network")).containsOnlyKeys("one", "two");
    }

    @Test
    void aFilterMayGoInTheRunThatAdoptsWhatReferredToIt() {
        shell.applied(shell.file(
                "a.yaml", "- nwfilters: [{name: base, rules: [{action: accept, direction: in, arp: {}}]}]\n"));
        define("nwfilter", "user", "<filter name='user'><filterref filter='base'/></filter>");
        var file = shell.file("b.yaml", """
                - nwfilters:
                    - {name: base, state: absent}
                    - {name: user, protect: true, rules: [{action: accept, direction: in, arp: {}}]}
                """);
        shell.applied(file, "--adopt");
        assertThat(host.objects("nwfilter")).containsOnlyKeys("user", "paddock-ledger");
    }

    @Test
    void theRecordOfARemovedFilterGoesByItself() {
        define("nwfilter", "top", "<filter name='top'><rule action='accept' direction='in'><arp/></rule></filter>");
        shell.applied(shell.file("a.yaml", BOTH), "--adopt");
        try (var writer = host.writer("")) {
            writer.perform(new Action.Undefine(new ResourceId("nwfilter", "top")));
        }
        shell.applied(shell.path("a.yaml"));
        assertThat(host.objects("nwfilter")).containsOnlyKeys("base", "top");
    }

    @Test
    void aFilterOfAUuidOfItsOwnIsPrunedAsWell() {
        var uuid = "0c7b6a5e-1111-4222-8333-444455556666";
        shell.applied(shell.file(
                "a.yaml",
                "- nwfilters: [{name: own, uuid: " + uuid + ", rules: [{action: drop, direction: in, arp: {}}]}]\n"));
        assertThat(uuid("nwfilter", "own")).isEqualTo(uuid);
        shell.applied(shell.file("none.yaml", "- {project: default, networks: []}\n"), "--prune");
        assertThat(host.objects("nwfilter")).isEmpty();
    }

    @Test
    void jsonHasTheFactsOfThePlan() {
        shell.applied(shell.file("a.yaml", BOTH));
        var changed = BOTH.replace("600", "700") + "    - {name: new, address: 10.2.0.1/24, autostart: true}\n";
        var report =
                shell.run("plan", "-o", "json", shell.file("b.yaml", changed)).json();
        assertThat(report.at("/changes").booleanValue()).isTrue();
        assertThat(report.at("/summary/add").intValue()).isEqualTo(1);
        assertThat(report.at("/summary/change_live").intValue()).isEqualTo(1);
        var change = resource(report, "nwfilter/top").at("/changes/0");
        assertThat(change.at("/before").textValue()).isEqualTo("600");
        assertThat(change.at("/after").textValue()).isEqualTo("700");
        assertThat(change.at("/cost").textValue()).isEqualTo("live");
        var created = resource(report, "network/new");
        assertThat(created.at("/document").textValue()).contains("address='10.2.0.1'");
        assertThat(created.at("/autostart").booleanValue()).isTrue();
        assertThat(created.at("/state").textValue()).isEqualTo("active");
        assertThat(created.at("/declared_at/line").intValue()).isEqualTo(14);
    }

    @Test
    void everyCommandSpeaksJson() {
        var file = shell.file("a.yaml", BOTH);
        var bad = shell.file("bad.yaml", "- networks: [{}]\n");
        assertThat(shell.run("-o", "json", "validate", file).json().at("/valid").booleanValue())
                .isTrue();
        assertThat(shell.run("-o", "json", "validate", bad)
                        .json()
                        .at("/diagnostics/0/code")
                        .textValue())
                .isEqualTo("PD1102");
        for (var command : List.of("plan", "apply", "destroy")) {
            var failed = shell.run("-o", "json", command, bad);
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.json().at("/diagnostics/0/place/line").intValue()).isEqualTo(1);
        }
        assertThat(shell.run("-o", "json", "apply", file).exitCode()).isEqualTo(64);
        var applied = shell.run("-o", "json", "apply", file, "--auto-approve").json();
        assertThat(applied.at("/applied/added").intValue()).isEqualTo(3);
        assertThat(applied.at("/complete").booleanValue()).isTrue();
        assertThat(shell.run("-o", "json", "show").json().at("/objects")).hasSize(3);
        assertThat(shell.run("-o", "json", "show", "network/none")
                        .json()
                        .at("/diagnostics/0/code")
                        .textValue())
                .isEqualTo("PD1302");
        var imported =
                shell.file("imported.json", shell.run("-o", "json", "import").output());
        shell.inSync(imported, "--adopt");
        assertThat(shell.run("-o", "json", "schema").json().at("/$schema").isTextual())
                .isTrue();
        var destroyed =
                shell.run("-o", "json", "destroy", file, "--auto-approve").json();
        assertThat(destroyed.at("/applied/destroyed").intValue()).isEqualTo(3);
    }

    @Test
    void whatIsImportedPlansEmpty() {
        shell.applied(shell.file("a.yaml", BOTH));
        define("network", "foreign", "<network><name>foreign</name><mtu size='1400'/></network>");
        var out = shell.path("imported.yaml");
        assertThat(shell.run("import", "--out", out).exitCode()).isZero();
        var first = shell.run("apply", out, "--adopt", "--auto-approve");
        assertThat(first.exitCode()).as(first.all()).isZero();
        shell.inSync(out);
        assertThat(shell.run("import", "--out", out).exitCode()).isEqualTo(1);
    }

    private void define(String kind, String name, String xml) {
        try (var writer = host.writer("")) {
            writer.perform(new Action.Define(new ResourceId(kind, name), xml));
        }
    }

    private String uuid(String kind, String name) {
        return host.objects(kind).get(name) instanceof Observed.Present present ? present.uuid() : "";
    }

    private static List<String> addresses(JsonNode report) {
        return StreamSupport.stream(report.at("/hosts/0/resources").spliterator(), false)
                .map(resource -> resource.at("/address").textValue())
                .toList();
    }

    private static JsonNode resource(JsonNode report, String address) {
        return StreamSupport.stream(report.at("/hosts/0/resources").spliterator(), false)
                .filter(resource -> resource.at("/address").textValue().equals(address))
                .findFirst()
                .orElseThrow();
    }

    /** Hosts, one of which does not answer. */
    private record Unreachable(HostConnector others, String uri) implements HostConnector {
        @Override
        public HostReader reader(String asked) {
            refuse(asked);
            return others.reader(asked);
        }

        @Override
        public HostWriter writer(String asked) {
            refuse(asked);
            return others.writer(asked);
        }

        private void refuse(String asked) {
            if (asked.equals(uri)) {
                throw new HostException(
                        HostException.Failure.UNREACHABLE,
                        38,
                        7,
                        "Failed to connect socket: No such file or directory");
            }
        }
    }
}
