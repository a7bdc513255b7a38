package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a host by what carries its filters out, on a host in memory. */
@Timeout(60)
class FirewallsTest {
    private static final String WEB = """
            - networks:
                - {name: web, forward: nat, address: 10.5.0.1/24, dhcp: 10.5.0.10-10.5.0.99}
              nwfilters:
                - name: web-only
                  rules:
                    - {action: accept, direction: out, tcp: {dstport: 443}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
            """;

    private static final String SET = """
            - nwfilters:
                - name: friends
                  rules:
                    - {action: accept, direction: out, all: {ipset: friends, ipsetflags: dst}}
                    - {action: drop, direction: out, priority: 1000, all: {}}
            """;

    private static final FilterBackend NFTABLES =
            new FilterBackend(FilterBackend.Kind.NFTABLES, true, "as its nwfilter.conf says", false, true);

    /** What the host itself asks of a guest: its own packets iptables lets through, and not the answers. */
    private static final String SWITCHED = Stream.of("gateway", "host")
            .flatMap(peer -> Stream.of("tcp/22", "tcp/80", "tcp/443", "tcp/8443", "udp/53", "udp/8443", "ping")
                    .map(traffic -> "web-only@web from " + peer + " " + traffic
                            + ": by iptables half, by nftables no: web-only #2 (drop inout all)\n"))
            .collect(Collectors.joining());

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(host, folder);
    }

    @Test
    void whatASwitchWouldChangeIsToldBeforeItHappens() {
        var file = shell.file("web.yaml", WEB);

        var told = shell.run("reach", file, "web-only@web", "--backend", "nftables");

        assertThat(told.exitCode()).as(told.all()).isEqualTo(1);
        assertThat(told.output())
                .isEqualTo("Filters are carried out by iptables: assumed, as no host is looked at.\n" + SWITCHED);
    }

    @Test
    void whatASwitchOfTheHostItselfWouldChangeIsToldTheSameWay() {
        shell.applied(shell.file("web.yaml", WEB));

        var told = shell.run("reach", "--against", "live", "web-only@web", "--backend", "nftables");

        assertThat(told.exitCode()).as(told.all()).isEqualTo(1);
        assertThat(told.output())
                .isEqualTo("Filters are carried out by iptables, which it looks for first.\n" + SWITCHED);
    }

    @Test
    void aSwitchToWhatIsThereChangesNothing() {
        host.filterBy(NFTABLES);
        shell.applied(shell.file("web.yaml", WEB));

        var told = shell.run("reach", "--against", "live", "web-only@web", "--backend", "nftables");

        assertThat(told.exitCode()).isZero();
        assertThat(told.output())
                .isEqualTo("""
                        Filters are carried out by nftables, as its nwfilter.conf says.
                        By nftables the same passes, and nothing else.
                        """);
    }

    @Test
    void oneCellIsToldByTheOtherFirewall() {
        var file = shell.file("web.yaml", WEB);

        assertThat(shell.run("reach", file, "host", "web-only@web", "tcp/22", "--backend", "nftables")
                        .output())
                .contains("-> web-only@web tcp/22: no\n")
                .endsWith("Filters are carried out by nftables, as is asked for.\n");
        assertThat(shell.run("reach", file, "host", "web-only@web", "tcp/22").output())
                .contains("-> web-only@web tcp/22: half\n");
    }

    @Test
    void aFirewallThatLibvirtDoesNotHaveIsAMistake() {
        var told = shell.run("reach", shell.file("web.yaml", WEB), "--backend", "pf");

        assertThat(told.exitCode()).isEqualTo(64);
        assertThat(told.messages()).contains("'pf' is nothing that libvirt has filters carried out by.");
    }

    @Test
    void aFilterThatNftablesCarriesOutAsAnotherIsNotWrittenToSuchAHost() {
        host.filterBy(NFTABLES);
        var file = shell.file("friends.yaml", SET);

        var apply = shell.run("apply", file, "--auto-approve");

        assertThat(apply.exitCode()).as(apply.all()).isEqualTo(1);
        assertThat(apply.messages())
                .contains("Error PD1615: Filter that the host's firewall carries out as something else\n")
                .contains("friends.yaml:4:11\n")
                .contains("carried out by nftables, as its nwfilter.conf says. By that the rule 'accept out all"
                        + " ipset=friends ipsetflags=dst' is another.")
                .contains("The set of addresses is left out, so the rule is for all addresses.")
                .contains("firewall_backend = \"iptables\"");
        try (var reader = host.reader("")) {
            assertThat(reader.read("nwfilter", Optional.empty())).doesNotContainKey("friends");
        }
    }

    @Test
    void theSameFilterIsWrittenWhereIptablesCarriesItOut() {
        shell.applied(shell.file("friends.yaml", SET));
    }

    @Test
    void otherAddressesOfTheHostThatAGuestReachesAreNamedUntilTheFilterIsGivenThem() {
        host.hasAddresses(Optional.of(List.of("10.5.0.1", "203.0.113.1")));

        assertThat(shell.run("plan", shell.file("open.yaml", guest(""))).messages())
                .contains("Warning PD1607: Filter leaves the host open\n")
                .contains("a guest reaches the host at 203.0.113.1 by tcp/22")
                .contains("parameters: {HOST: [203.0.113.1]}");
        assertThat(shell.run("plan", shell.file("closed.yaml", guest(", HOST: 203.0.113.1")))
                        .messages())
                .doesNotContain("PD1607");
    }

    @Test
    void whereAHostDoesNotTellItsAddressesTheyAreAskedFor() {
        host.hasAddresses(Optional.empty());

        assertThat(shell.run("plan", shell.file("open.yaml", guest(""))).messages())
                .contains("Warning PD1607: Filter leaves the host open\n")
                .contains("Which addresses the host has cannot be found out from here.");
    }

    private static String guest(String more) {
        return """
                - networks:
                    - {name: closed, forward: nat, address: 10.5.0.1/24, dhcp: 10.5.0.10-10.5.0.99}
                  nwfilters:
                    - name: the-host
                      rules: [{action: drop, direction: out, priority: 200, all: {dstipaddr: $HOST}}]
                    - name: shell-only
                      rules:
                        - {action: accept, direction: out, priority: 100, udp: {srcport: 68, dstport: 67}}
                        - {action: drop, direction: out, priority: 200, all: {dstipaddr: $GATEWAY}}
                        - filterref: {filter: the-host, parameters: {HOST: 127.0.0.1}}
                        - {action: accept, direction: out, tcp: {dstport: 22}}
                        - {action: drop, direction: inout, priority: 1000, all: {}}
                  vms:
                    - name: closed
                      type: qemu
                      memory: 64 MiB
                      state: stopped
                      networks:
                        name: closed
                        address: 10.5.0.10
                        filter: {name: shell-only, parameters: {GATEWAY: 10.5.0.1%s}}
                """.formatted(more);
    }
}
