package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of filters without being asked, on a host in memory. */
@Timeout(60)
class PolicyTest {
    private static final String FILTERS = """
            - nwfilters:
                - name: frames
                  rules: [{action: accept, direction: inout, arp: {}}]
                - name: packets
                  rules:
                    - {action: accept, direction: out, tcp: {dstport: 443}}
            """;

    private static final String WEB = """
            - networks:
                - {name: web, forward: nat, address: 10.5.0.1/24, dhcp: 10.5.0.10-10.5.0.99}
              nwfilters:
                - name: web-only
                  rules:
                    - {action: accept, direction: out, tcp: {dstport: 443}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
              expect:
                - {from: web-only@web, to: internet, allow: tcp/443}
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(host, folder);
    }

    @Test
    void aHostThatKeepsBridgesFromItsFirewallIsToldWhereTheFirstRuleForPacketsIs() {
        host.hideBridges();

        var plan = shell.run("plan", shell.file("a.yaml", FILTERS));

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.messages())
                .contains("Warning PD4007: Filters have no effect on this host\n")
                .contains("a.yaml:4:7\n")
                .contains("the rules of the filter 'packets' for tcp, udp, icmp and all do nothing");
    }

    @Test
    void aHostThatShowsThemIsNotSpokenOf() {
        assertThat(shell.run("plan", shell.file("a.yaml", FILTERS)).messages()).doesNotContain("PD4007");
    }

    @Test
    void whatAHostLetsPassIsHeldAgainstWhatIsDeclared() {
        var file = shell.file("web.yaml", WEB);
        shell.applied(file);

        assertThat(shell.run("reach", file, "--against", "live").output())
                .isEqualTo("What the host has now lets pass what is declared, and nothing else.\n");
    }

    @Test
    void cellsThatSomebodyChangedBehindOurBackAreNamed() throws XmlException {
        var file = shell.file("web.yaml", WEB);
        shell.applied(file);
        redefine("web-only", "tcp dstportstart='22' dstportend='22'");

        var told = shell.run("reach", file, "--against", "live");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.output())
                .contains("web-only@web to internet tcp/22: declared no, now yes: web-only #1 (accept out tcp"
                        + " dstportstart=22)\n")
                .contains("web-only@web to internet tcp/443: declared yes, now no: web-only #2 (drop inout all)\n")
                .doesNotContain("tcp/80");
        assertThat(told.messages())
                .contains("Error PD1602: What was expected does not hold\n")
                .contains("It is expected that tcp/443 passes from web-only@web to internet, and it is stopped");
    }

    @Test
    void anAddressThatARuleNamesIsAskedAboutAsWell() throws XmlException {
        var file = shell.file("web.yaml", WEB);
        shell.applied(file);
        redefine("web-only", "tcp dstipaddr='192.0.2.7'");

        assertThat(shell.run("reach", file, "--against", "live", "-o", "json").output())
                .contains("\"cell\" : \"to 192.0.2.7 tcp/22\"");
    }

    @Test
    void aFilterThatCannotBeCarriedOutAnyMoreIsNamed() throws XmlException {
        var file = shell.file("web.yaml", WEB);
        shell.applied(file);
        redefine("web-only", "tcp dstipaddr='$NOBODY'");

        assertThat(shell.run("reach", file, "--against", "live").output())
                .isEqualTo("web-only@web the filter: declared carried out, now refused: The filter 'web-only' uses"
                        + " variables that the interface gives no value: NOBODY.\n");
    }

    private void redefine(String name, String protocol) throws XmlException {
        var id = new ResourceId("nwfilter", name);
        try (var reader = host.reader("");
                var writer = host.writer("")) {
            var present = (Observed.Present) Objects.requireNonNull(
                    reader.read("nwfilter", Optional.of(Set.of(name))).get(name));
            var rules = present.defined().children("rule");
            var changed = XmlReader.read("<rule action='accept' direction='out'><" + protocol + "/></rule>");
            writer.perform(new Action.Define(
                    id,
                    XmlWriter.write(present.defined()
                            .withoutChildren("rule")
                            .plus(changed)
                            .plus(rules.getLast()))));
        }
    }
}
