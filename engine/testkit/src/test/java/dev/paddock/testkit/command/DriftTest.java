package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What changes cost, what on_change makes of that, and what others did to the host. */
@Timeout(60)
class DriftTest {
    private static final ResourceId AGENTS = new ResourceId("network", "agents");
    private static final String PLAYBOOK = """
            - networks:
                - name: agents
                  bridge: br-agents
                  address: 192.168.101.1/24
                  dhcp: 192.168.101.10-192.168.101.254
                  mtu: 1400
                  autostart: true
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;
    private String file = "";

    @BeforeEach
    void applied() {
        shell = new Shell(host, folder);
        file = shell.file("a.yaml", PLAYBOOK);
        shell.applied(file);
    }

    @AfterEach
    void nothingIsLeaked() {
        assertThat(host.violations()).isEmpty();
    }

    private String changed(String more) {
        return shell.file("b.yaml", PLAYBOOK.replace("1400", "1300") + more);
    }

    private Observed.Present agents() {
        return (Observed.Present) host.objects("network").get("agents");
    }

    private void perform(Action... actions) {
        try (var writer = host.writer("")) {
            for (var action : actions) {
                writer.perform(action);
            }
        }
    }

    @Test
    void aRestartNamesTheGuestsItInterruptsAndPlugsThemInAgain() {
        host.attach("agents", new NetworkAttachment("guest", "52:54:00:aa:00:01", "vnet0"));
        var plan = shell.run("plan", changed(""));
        assertThat(plan.output())
                .contains("! network/agents")
                .contains("mtu/@size: \"1400\" -> \"1300\"  (restart: ")
                .contains("interrupts: guest (52:54:00:aa:00:01)")
                .contains("1 to change (1 restart)");
        var json = shell.run("plan", "-o", "json", changed("")).json();
        assertThat(json.at("/hosts/0/resources/0/interrupts/0/domain").textValue())
                .isEqualTo("guest");
        shell.applied(changed(""));
    }

    @Test
    void aRestartThatIsNotAllowedIsRefused() {
        var apply = shell.run("apply", changed("      on_change: live\n"), "--auto-approve");
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages()).contains("PD2003", "b.yaml:2:7", "mtu/@size", "on_change");
        shell.inSync(file);
    }

    @Test
    void whatWaitsForTheNextStartIsPendingUntilThen() {
        var later = changed("      on_change: next-boot\n");
        assertThat(shell.run("plan", later).output())
                .contains("~ network/agents")
                .contains("1 to change (1 next boot)");
        var apply = shell.run("apply", later, "--auto-approve");
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(agents().live().orElseThrow().child("mtu").orElseThrow().attribute("size"))
                .contains("1400");
        var plan = shell.run("plan", later, "--detailed-exitcode");
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.output()).contains("waits for its next start", "mtu/@size");
        var json = shell.run("plan", "-o", "json", later).json();
        assertThat(json.at("/changes").booleanValue()).isFalse();
        assertThat(json.at("/hosts/0/resources/0/pending/0/path").textValue()).isEqualTo("mtu/@size");

        perform(new Action.Stop(AGENTS), new Action.Start(AGENTS));
        assertThat(shell.run("plan", later).output())
                .isEqualTo("No changes. Your infrastructure matches the configuration.\n");
        assertThat(agents().live().orElseThrow().child("mtu").orElseThrow().attribute("size"))
                .contains("1300");
    }

    @Test
    void autostartThatWasSwitchedOffIsSwitchedOn() {
        perform(new Action.SetAutostart(AGENTS, false));
        assertThat(shell.run("plan", file).output()).contains("autostart: \"no\" -> \"yes\"");
        shell.applied(file);
    }

    @Test
    void aNetworkThatWasStoppedIsStarted() {
        perform(new Action.Stop(AGENTS));
        assertThat(shell.run("plan", file).output()).contains("state: \"inactive\" -> \"active\"");
        shell.applied(file);
    }

    @Test
    void aHostThatSomebodyAddedIsTakenAway() {
        perform(new Action.UpdateNetwork(
                AGENTS,
                Action.Command.ADD_LAST,
                Action.Section.IP_DHCP_HOST,
                -1,
                "<host mac='52:54:00:00:00:07' ip='192.168.101.50'/>",
                Action.Scope.BOTH));
        assertThat(shell.run("plan", file).output()).contains("- ip/dhcp/host", "(live)", "192.168.101.50");
        shell.applied(file);
        assertThat(host.performed()).filteredOn(Action.Stop.class::isInstance).isEmpty();
    }

    @Test
    void aNetworkThatWasUndefinedWhileItRunsIsDefinedAgainAndNotInterrupted() {
        perform(new Action.Undefine(AGENTS));
        assertThat(shell.run("plan", file).output()).contains("persistent: \"no\" -> \"yes\"");
        shell.applied(file);
        assertThat(host.performed()).filteredOn(Action.Stop.class::isInstance).isEmpty();
    }

    @Test
    void aDefinitionThatWasChangedWhileTheNetworkRunsIsChangedBackWithoutARestart() {
        var changed = XmlWriter.write(agents().defined()).replace("1400", "1200");
        perform(new Action.Define(AGENTS, changed));
        assertThat(shell.run("plan", file).output()).contains("mtu/@size: \"1200\" -> \"1400\"");
        shell.applied(file);
        assertThat(agents().live().orElseThrow().child("mtu").orElseThrow().attribute("size"))
                .contains("1400");
    }

    @Test
    void whatRunsAndIsNotWhatIsDefinedIsRestarted() {
        var other = XmlWriter.write(agents().defined()).replace("1400", "1200");
        var same = XmlWriter.write(agents().defined());
        perform(
                new Action.Define(AGENTS, other),
                new Action.Stop(AGENTS),
                new Action.Start(AGENTS),
                new Action.Define(AGENTS, same));
        assertThat(shell.run("plan", file).output())
                .contains("! network/agents", "mtu/@size in what runs: \"1200\" -> \"1400\"");
        shell.applied(file);
    }

    @Test
    void metadataOfOthersIsKept() {
        var marked = XmlWriter.write(agents().defined())
                .replace("</metadata>", "<my:note xmlns:my='urn:example:mine'>kept</my:note></metadata>");
        perform(new Action.Define(AGENTS, marked));
        shell.inSync(file);
        shell.applied(changed(""));
        assertThat(XmlWriter.write(agents().defined())).contains("urn:example:mine", "kept");
    }

    @Test
    void guestsThatWereUnpluggedArePluggedIn() {
        host.attach("agents", new NetworkAttachment("guest", "52:54:00:aa:00:01", "vnet0"));
        perform(new Action.Stop(AGENTS), new Action.Start(AGENTS));
        var plan = shell.run("plan", file, "--detailed-exitcode");
        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.output()).contains("guests", "guest 52:54:00:aa:00:01", "plugged in");
        shell.applied(file);
    }

    @Test
    void guestsOfANetworkThatWasRemovedArePluggedInWhenItIsBack() {
        host.attach("agents", new NetworkAttachment("guest", "52:54:00:aa:00:01", "vnet0"));
        perform(new Action.Stop(AGENTS), new Action.Undefine(AGENTS));
        shell.applied(file);
    }
}
