package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Outcome;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real guest behind the agents' filter: what it gets to, of the host, a neighbor, a private network, and a machine
 * beyond that stands for the internet. All of them listen; without the filter the guest gets to each.
 */
@Timeout(300)
class PolicyIT {
    private static final Path FILTER = Path.of(System.getProperty("paddock.home", "../.."))
            .resolve("networks/agent-network-filter.yaml")
            .toAbsolutePath();

    /** Servers of names that listen at ports of others: of all that is there wherever libvirt is, they listen. */
    private static final String LISTEN = """
            listen() { "$@" dnsmasq --conf-file=/dev/null --no-resolv --no-hosts --bind-interfaces \
              --address=/outside.example.org/203.0.113.80 --except-interface=none --pid-file=/run/policed-$name-$port.pid \
              --port=$port $only; }
            """;

    private static final String OTHERS =
            """
            set -e
            %s
            for name in policed-out policed-by; do
              ip netns add $name
              ip link add $name type veth peer name eth0 netns $name
              ip -n $name link set lo up
              ip -n $name link set eth0 up
            done
            ip addr add 100.64.78.1/30 dev policed-out
            ip link set policed-out up
            ip route add 203.0.113.80 via 100.64.78.2
            ip route add 10.99.0.80 via 100.64.78.2
            ip -n policed-out addr add 100.64.78.2/30 dev eth0
            ip -n policed-out addr add 203.0.113.80/32 dev lo
            ip -n policed-out addr add 10.99.0.80/32 dev lo
            ip addr replace 203.0.113.1/32 dev lo
            ip link set policed-by master br-policed up
            ip -n policed-by addr add 10.78.0.20/24 dev eth0
            ip -n policed-by -6 addr add fd78::20/64 dev eth0 nodad
            for port in 53 443 8443; do name=out; only=; listen ip netns exec policed-out; done
            for port in 443; do name=by; only=; listen ip netns exec policed-by; done
            for port in 22 443; do name=host; only="%s"; listen env; done
            """.formatted(LISTEN, "--listen-address=10.78.0.1 --listen-address=203.0.113.1 --listen-address=fd78::1");

    private static final String ALONE = """
            for file in /run/policed-*.pid; do [ ! -e $file ] || { kill $(cat $file); rm $file; }; done
            for name in policed-out policed-by; do
              ip link del $name 2>/dev/null
              ip netns del $name 2>/dev/null
            done
            ip addr del 203.0.113.1/32 dev lo 2>/dev/null
            true
            """;

    /** Tries all at once, and prints what answers. */
    private static final String TRY = """
            echo 0 >/proc/sys/net/ipv6/conf/eth0/accept_dad
            ip -6 addr add fd78::10/64 dev eth0 2>/dev/null
            connects() { nc -w 3 $1 </dev/null >/dev/null 2>&1 && echo "connects to $1"; }
            asks() { timeout 3 nslookup outside.example.org $1 2>/dev/null | grep -q 203.0.113.80 && echo "asks $1"; }
            pings() { timeout 3 ping -c 1 $1 >/dev/null 2>&1 && echo "pings $1"; }
            for to in '203.0.113.80 443' 'outside.example.org 443' '203.0.113.80 8443' '10.78.0.1 22' '10.78.0.1 443' '203.0.113.1 443' \
                '10.78.0.20 443' '10.99.0.80 443' 'fd78::1 22' 'fd78::20 443'; do
              connects "$to" &
            done
            asks 10.78.0.1 &
            asks 203.0.113.80 &
            pings 10.78.0.20 &
            wait
            """;

    private static final String OPEN = "filter: {name: agent-network-filter, parameters: {GATEWAY: 10.78.0.1}}";
    private static final String CLOSED =
            "filter: {name: agent-network-filter, parameters: {GATEWAY: 10.78.0.1, HOST: 203.0.113.1}}";

    /** Tests before this one may have left the lab other addresses as well. */
    private static final String REACHED = "a guest reaches the host at [^\\n]*203\\.0\\.113\\.1";

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String uri = "";

    @BeforeEach
    void lab() {
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        inLab(ALONE);
        var gone = shell.run("-c", uri, "destroy", file(CLOSED), "--allow-data-loss", "--auto-approve");
        assertThat(gone.exitCode()).as(gone.all()).isZero();
    }

    private String file(String filter) {
        return shell.file("policed.yaml", """
            - project: policed
              include: %s
              networks:
                - name: policed
                  forward: nat
                  bridge: br-policed
                  address: 10.78.0.1/24
                  dhcp: 10.78.0.10-10.78.0.99
                  ips: [{address: "fd78::1/64"}]
                  dns: {hosts: [{ip: 203.0.113.80, hostnames: outside.example.org}]}
              vms:
                - name: policed
                  image: tiny
                  memory: 256 MiB
                  networks:
                    name: policed
                    address: 10.78.0.10
                    %s
                  channels: [{name: dev.paddock.agent.0}]
                  ready: {agent: yes, address: yes, timeout: 180}
                  shutdown: {timeout: 1, force: true}
            """.formatted(FILTER, filter));
    }

    private static void inLab(String script) throws Exception {
        var outcome = Labs.shared().capture(List.of("sh", "-c", script));
        assertThat(outcome).as(outcome.toString()).matches(Outcome::isSuccess);
    }

    private List<String> answering() {
        var tried = shell.run("-c", uri, "exec", "policed", "--", "sh", "-c", TRY);
        return tried.output().lines().sorted().toList();
    }

    @Test
    void aGuestGetsWhereTheAgentsFilterLetsItAndNowhereElse() throws Exception {
        if (tracksNoBridges()) {
            var refused = shell.run("-c", uri, "apply", file(CLOSED), "--auto-approve");
            assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
            assertThat(refused.messages()).contains("PD1601").contains("Could not process rule: Protocol error");
            return;
        }
        // Ready only once it has its lease.
        shell.applied("-c", uri, file(CLOSED));
        inLab(OTHERS);

        assertThat(told(file(CLOSED))).contains("203.0.113.1 tcp/443: no\n");
        assertThat(shell.run("-c", uri, "plan", file(CLOSED)).messages()).doesNotContainPattern(REACHED);
        assertThat(answering())
                .containsExactly(
                        "asks 10.78.0.1", "connects to 203.0.113.80 443", "connects to outside.example.org 443");

        // An address that no interface lists as the host's is the internet to the filter, which is warned of.
        assertThat(shell.run("-c", uri, "plan", file(OPEN)).messages())
                .contains("Warning PD1607: Filter leaves the host open\n")
                .containsPattern(REACHED)
                .containsPattern("parameters: \\{HOST: \\[[^]]*203\\.0\\.113\\.1");
        shell.applied("-c", uri, file(OPEN));
        assertThat(told(file(OPEN))).contains("203.0.113.1 tcp/443: yes\n");
        assertThat(answering())
                .containsExactly(
                        "asks 10.78.0.1",
                        "connects to 203.0.113.1 443",
                        "connects to 203.0.113.80 443",
                        "connects to outside.example.org 443");

        shell.applied("-c", uri, file(""));

        assertThat(answering())
                .containsExactly(
                        "asks 10.78.0.1",
                        "asks 203.0.113.80",
                        "connects to 10.78.0.1 22",
                        "connects to 10.78.0.1 443",
                        "connects to 10.78.0.20 443",
                        "connects to 10.99.0.80 443",
                        "connects to 203.0.113.1 443",
                        "connects to 203.0.113.80 443",
                        "connects to 203.0.113.80 8443",
                        "connects to fd78::1 22",
                        "connects to fd78::20 443",
                        "connects to outside.example.org 443",
                        "pings 10.78.0.20");
    }

    private String told(String file) {
        return shell.run("-c", uri, "reach", file, "vm/policed", "203.0.113.1", "tcp/443")
                .output();
    }

    private boolean tracksNoBridges() {
        try (var reader = new LibvirtConnector().reader(uri)) {
            var backend = reader.filterBackend();
            return backend.kind() == FilterBackend.Kind.NFTABLES && !backend.tracksBridges();
        }
    }
}
