package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Filters that name hosts, with a real name server, which is asked by the packaged program as any program asks one, and
 * an interface that libvirt keeps the rules of in the firewall. All are in the lab's namespaces.
 */
@Timeout(600)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class NamesIT {
    private static final String PLAYBOOK = """
            - project: forge
              nwfilters:
                - name: named-hosts
                  rules:
                    - {action: accept, direction: out, tcp: {dstipaddr: git.example.org, dstport: 443}}
                    - {action: accept, direction: out, tcp-ipv6: {dstipaddr: git.example.org, dstport: 443}}
                    - {action: accept, direction: out, tcp: {dstipaddr: 192.0.2.9, dstport: 443, comment: git.example.org}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
                    - {action: drop, direction: inout, priority: 1000, all-ipv6: {}}
            """;

    /** Answers where nothing else in the lab does, and is the only server of those who see this resolv.conf. */
    private static final String NAME_SERVER = """
            set -e
            mkdir -p /run/names
            echo 'nameserver 127.0.0.153' >/run/names/resolv.conf
            : >/run/names/hosts
            ip link set lo up
            dnsmasq --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts=/run/names/hosts --local=/example.org/ \
              --listen-address=127.0.0.153 --bind-interfaces --user=root --pid-file=/run/names/pid
            """;

    private static final List<String> WITH_THE_NAME_SERVER = List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount --bind /run/names/resolv.conf /etc/resolv.conf && exec \"$@\"",
            "sh");

    private static final String INTERFACE = """
            set -e
            ip tuntap add named0 mode tap
            ip link set named0 up
            cat >/run/names/binding.xml <<'END'
            <filterbinding>
              <owner><name>somebody</name><uuid>7c3f0b9e-0000-5000-8000-000000000022</uuid></owner>
              <portdev name='named0'/>
              <mac address='52:54:00:00:00:22'/>
              <filterref filter='named-hosts'><parameter name='IP' value='10.79.0.10'/></filterref>
            </filterbinding>
            END
            virsh -q nwfilter-binding-create /run/names/binding.xml
            """;

    @TempDir
    static Path folder;

    private static Lab lab;
    private static Shell shell;
    private static String uri = "";
    private static String file = "";

    private Paddock keeper;

    @BeforeAll
    static void setUp() throws Exception {
        lab = Labs.lab("names");
        uri = lab.start().uri();
        shell = new Shell(new LibvirtConnector(), folder);
        file = shell.file("named.yaml", PLAYBOOK);
        inside(NAME_SERVER);
        resolves("198.51.100.7", "2001:db8::7");
        assertThat(paddock("apply", file, "--auto-approve").exitCode()).isZero();
        inside(INTERFACE);
    }

    @AfterAll
    static void tearDown() throws Exception {
        inside("kill $(cat /run/names/pid)");
        lab.stop();
    }

    @BeforeEach
    void asApplied() throws Exception {
        resolves("198.51.100.7", "2001:db8::7");
        assertThat(paddock("apply", file, "--auto-approve").exitCode()).isZero();
        serve();
    }

    @AfterEach
    void end() throws Exception {
        killKeeper();
    }

    private void serve() throws Exception {
        keeper = Paddock.start(folder, prefix(), List.of("-Dpaddock.names.seconds=1"), "serve");
        until(() ->
                Files.exists(socket()) && shell.run("-c", uri, "pool", "list").exitCode() == 0);
    }

    private void killKeeper() throws Exception {
        inside("kill -9 $(cat /var/lib/libvirt/paddock/keeper/lock)");
        keeper.end();
    }

    private static Path socket() {
        return lab.endpoint().socket().resolveSibling("paddock.sock");
    }

    private static List<String> prefix() throws Exception {
        return lab.command(WITH_THE_NAME_SERVER);
    }

    private static Shell.Result paddock(String... arguments) throws Exception {
        try (var run = Paddock.start(folder, prefix(), List.of(), arguments)) {
            return run.end();
        }
    }

    /** Have the name lead to these addresses, for whoever asks from now on. */
    private static void resolves(String... addresses) throws Exception {
        List<String> lines = new ArrayList<>();
        for (var address : addresses) {
            lines.add("echo '" + address + " git.example.org'");
        }
        lines.add(":");
        inside("{ " + String.join("; ", lines) + "; } >/run/names/hosts; kill -HUP $(cat /run/names/pid)");
    }

    private static String inside(String script) throws Exception {
        var outcome = lab.capture(List.of("sh", "-c", script));
        assertThat(outcome).as(outcome.toString()).matches(ProcessResult::isSuccess);
        return ((ProcessResult.Ended) outcome).output().strip();
    }

    private static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(logs()).isLessThan(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interruption);
            }
        }
    }

    private static String logs() {
        return shell.run("-c", uri, "pool", "logs").all();
    }

    private static String filter(String name) throws Exception {
        return inside("virsh -q nwfilter-dumpxml " + name);
    }

    private static String firewall() throws Exception {
        return inside("iptables-save; ip6tables-save");
    }

    private static void isInSync() throws Exception {
        var plan = paddock("plan", file, "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all()).isZero();
    }

    @Test
    void theFirewallFollowsTheNameAndNothingElseChanges() throws Exception {
        var before = filter("named-hosts");
        assertThat(firewall()).contains("198.51.100.7/32", "2001:db8::7/128", "192.0.2.9/32");
        isInSync();

        resolves("198.51.100.8", "198.51.100.9", "2001:db8::7");
        until(() -> logs().contains("name.changed"));

        assertThat(firewall())
                .contains("198.51.100.8/32", "198.51.100.9/32", "2001:db8::7/128", "192.0.2.9/32")
                .contains("dstipaddr=git.example.org (paddock forge)")
                .doesNotContain("198.51.100.7");
        isInSync();

        resolves("198.51.100.7", "2001:db8::7");
        until(() -> logs().split("name.changed", -1).length == 3);
        assertThat(filter("named-hosts")).isEqualTo(before);
        assertThat(logs()).doesNotContain("name.failed");
    }

    @Test
    void aNameThatIsGoneIsToldAndTheFilterStays() throws Exception {
        var before = filter("named-hosts");

        resolves();
        until(() -> logs().contains("name.unresolved"));
        assertThat(paddock("plan", file).messages()).contains("PD1614");

        assertThat(filter("named-hosts")).isEqualTo(before);
        resolves("198.51.100.8", "2001:db8::7");
        until(() -> logs().contains("name.changed"));
        assertThat(logs().split("name.unresolved", -1)).hasSize(2);
    }

    @Test
    void aKeeperFollowsWhatMovedWhileNoneWasThere() throws Exception {
        killKeeper();
        resolves("198.51.100.8", "2001:db8::7");

        serve();

        until(() -> logs().contains("name.changed"));
        isInSync();
    }

    @Test
    void aFilterOfOthersStaysWhateverItsCommentsSay() throws Exception {
        inside("virsh -q nwfilter-dumpxml named-hosts"
                + " | sed 's/name=.named-hosts./name=\"copied-hosts\"/; s/<uuid>.*/<uuid>7c3f0b9e-0000-5000-8000-000000000023<\\/uuid>/'"
                + " >/run/names/copy.xml; virsh -q nwfilter-define /run/names/copy.xml");
        var before = filter("copied-hosts");

        resolves("198.51.100.8", "2001:db8::7");
        until(() -> logs().contains("name.changed"));

        assertThat(filter("copied-hosts")).isEqualTo(before);
        assertThat(logs()).doesNotContain("copied-hosts");
    }
}
