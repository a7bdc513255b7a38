package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.NameResolver.Answer;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that name hosts, on a host in memory. */
@Timeout(60)
class NamesTest {
    private static final String FILTER = """
            - networks:
                - {name: web, forward: nat, address: 10.5.0.1/24, dhcp: 10.5.0.10-10.5.0.99}
              nwfilters:
                - name: git
                  rules:
                    - {action: accept, direction: out, tcp: {dstipaddr: Git.example.org, dstport: 443}}
                    - {action: accept, direction: out, tcp-ipv6: {dstipaddr: git.example.org, dstport: 443}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
                    - {action: drop, direction: inout, priority: 1000, all-ipv6: {}}
              expect:
                - {from: git@web, to: git.example.org, allow: tcp/443}
                - {from: git@web, to: internet, deny: tcp/443}
            """;

    private final MemoryHost host = new MemoryHost();
    private final List<String> asked = new ArrayList<>();

    @TempDir
    Path folder;

    private Shell shell;
    private String file;

    @BeforeEach
    void names() {
        shell = new Shell(host, folder);
        file = shell.file("git.yaml", FILTER);
        at("198.51.100.7", "198.51.100.5", "2001:db8:0:0::7");
    }

    private void at(String... addresses) {
        host.resolve(answering(Map.of("git.example.org", List.of(addresses))));
    }

    private NameResolver answering(Map<String, List<String>> known) {
        return name -> {
            asked.add(name);
            var addresses = known.get(name);
            return addresses == null ? new Answer.Unknown() : new Answer.Found(addresses);
        };
    }

    private String document() {
        return XmlWriter.write(((Observed.Present)
                        Objects.requireNonNull(host.objects("nwfilter").get("git")))
                .defined());
    }

    @Test
    void aRuleThatNamesAHostIsOneForEachOfItsAddressesAndKeepsTheName() {
        shell.applied(file);

        assertThat(document())
                .containsSubsequence(
                        "<tcp dstipaddr='198.51.100.5'",
                        "comment='dstipaddr=git.example.org (paddock default)'",
                        "<tcp dstipaddr='198.51.100.7'",
                        "comment='dstipaddr=git.example.org (paddock default)'",
                        "<tcp-ipv6 dstipaddr='2001:db8::7'",
                        "comment='dstipaddr=git.example.org (paddock default)'");
    }

    @Test
    void aPlanTellsTheAddressesAndAsksForEachNameOnce() {
        assertThat(shell.run("plan", file).output()).contains("""
                          # names, as they resolve now
                              git.example.org = 198.51.100.5, 198.51.100.7, 2001:db8::7
                        """);
        assertThat(asked).containsExactly("git.example.org");
    }

    @Test
    void namesThatResolveAsBeforeChangeNothing() {
        shell.applied(file);
        at("198.51.100.5", "2001:db8::7", "198.51.100.7");

        assertThat(shell.run("plan", file, "--detailed-exitcode").exitCode()).isZero();
    }

    @Test
    void anotherAddressIsAChangeInPlace() {
        shell.applied(file);
        var uuid = document().lines().filter(line -> line.contains("<uuid>")).findFirst();
        at("198.51.100.5", "198.51.100.8", "2001:db8::7");

        assertThat(shell.run("plan", file).output())
                .contains("\"198.51.100.7\" -> \"198.51.100.8\"  (live)")
                .contains("Plan: 0 to add, 1 to change (1 live), 0 to replace, 0 to destroy.");
        shell.applied(file);

        assertThat(document()).contains("198.51.100.8").doesNotContain("198.51.100.7");
        assertThat(document().lines().filter(line -> line.contains("<uuid>")).findFirst())
                .isEqualTo(uuid);
    }

    @Test
    void aNameThatNobodyKnowsIsAMistakeAtItsPlace() {
        host.resolve(answering(Map.of()));

        var plan = shell.run("plan", file);

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages())
                .contains("Error PD1614: Name without an address\n")
                .contains("git.yaml:6:61\n")
                .contains("Nobody knows an address of 'git.example.org'.\n");
    }

    @Test
    void aRuleForAFamilyThatTheHostHasNotIsAMistake() {
        at("198.51.100.5");

        assertThat(shell.run("plan", file).messages())
                .contains("git.yaml:7:66\n'git.example.org' has no IPv6 address, and the rule is for IPv6.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "destroy"})
    void whatLooksAtNoAddressAsksNobody(String command) {
        shell.applied(file);
        asked.clear();

        var run =
                command.equals("destroy") ? shell.run("destroy", file, "--auto-approve") : shell.run("validate", file);

        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void reachTellsOfTheAddressesThatRulesName() {
        assertThat(shell.run("reach", file, "git@web", "git.example.org", "tcp/443")
                        .output())
                .startsWith("git@web -> git.example.org (198.51.100.5) tcp/443: yes\n");
        assertThat(shell.run("reach", file, "git@web", "other.example.org", "tcp/443")
                        .messages())
                .contains("'other.example.org' is nobody that is known here, no address, and no name in the filter.");
    }

    @Test
    void aRulesOwnCommentStaysBesideTheName() {
        shell.applied(shell.file("said.yaml", FILTER.replace("dstport: 443", "dstport: 443, comment: the forge")));

        assertThat(document()).contains("comment='dstipaddr=git.example.org (paddock default) the forge'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dstipaddr=git.example.org (paddock default)", "$WHY"})
    void aCommentThatTheNameCannotStandBesideIsAMistake(String comment) {
        var mistake = shell.run(
                "validate",
                shell.file("bad.yaml", FILTER.replace("dstport: 443", "dstport: 443, comment: '" + comment + "'")));

        assertThat(mistake.exitCode()).isEqualTo(1);
        assertThat(mistake.messages()).contains("omment");
    }

    @Test
    void aCommentThatWouldNotBeKeptWholeIsAMistake() {
        var mistake = shell.run(
                "validate",
                shell.file("bad.yaml", FILTER.replace("dstport: 443", "dstport: 443, comment: " + "x".repeat(240))));

        assertThat(mistake.exitCode()).isEqualTo(1);
        assertThat(mistake.messages()).contains("longer than libvirt keeps");
    }

    @Test
    void whatIsImportedIsTheFilterOfThisMoment() {
        shell.applied(file);

        var imported = shell.run("import", "nwfilter/git");

        assertThat(imported.exitCode()).as(imported.all()).isZero();
        assertThat(imported.output()).contains("xml: |", "dstipaddr=git.example.org (paddock default)");
        shell.inSync(shell.file("imported.yaml", imported.output()));
    }

    @Test
    void aRuleForIcmpOfIpv6TakesTheAddressesOfIts() {
        shell.applied(shell.file(
                "ping.yaml", FILTER.replaceFirst("tcp-ipv6: .*\n", "icmpv6: {dstipaddr: git.example.org}}\n")));

        assertThat(document()).contains("<icmpv6 dstipaddr='2001:db8::7'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dstipmask: 24", "match: no"})
    void aNameGoesTogetherWithNothingThatTakesOneAddress(String key) {
        var mistake = shell.run(
                "validate", shell.file("bad.yaml", FILTER.replaceFirst("dstport: 443", "dstport: 443, " + key)));

        assertThat(mistake.exitCode()).isEqualTo(1);
        assertThat(mistake.messages()).contains("PD1").contains("A name ");
    }
}
