package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool of real guests, its keeper, and what happens when things end that should not.
 *
 * <p>{@code -Dpaddock.pool.cycles=200} for more guests handed out and taken back.
 */
@Timeout(600)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class KeeperIT {
    private static final int CYCLES = Integer.getInteger("paddock.pool.cycles", 6);
    private static final String PLAYBOOK = """
            - project: pooled
              networks:
                - {name: pooled, address: 10.212.0.1/24, dhcp: 10.212.0.10-10.212.0.99}
              nwfilters:
                - name: watched
                  rules:
                    - {action: accept, direction: out, tcp: {dstport: 443}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
              pools:
                - name: test-pool
                  image: tiny
                  memory: 192 MiB
                  disks: [{size: 64 MiB}]
                  channels: [{name: dev.paddock.agent.0}, {name: dev.paddock.agent.1}]
                  serial_log: ${log!"no"}
                  workspace: 16 MiB
                  networks: {name: pooled, filter: watched}
                  addresses: 10.212.0.64-10.212.0.65
                  warm: 2
                  max: 2
                  on_empty: {wait: 3m}
            """;

    /** Where somebody may have left something: files of the system, of memory, the disk, and what the guest is. */
    private static final String MARK =
            "for f in /root/mark /tmp/mark /dev/shm/mark /etc/mark; do echo left-behind >$f; done;"
                    + " echo left-behind >/dev/vda; sync; hostname left-behind; (exec -a left-behind sleep 1000) >/dev/null 2>&1 &";

    private static final String LOOK =
            "cat /root/mark /tmp/mark /dev/shm/mark /etc/mark 2>/dev/null; head -c 11 /dev/vda;"
                    + " hostname; ps | grep -v 'sh -c'; env";

    /** Servers at the network's address: one at a port that the filter lets guests reach, and one at another. */
    private static final String LISTEN = """
            for port in 443 8443; do
              dnsmasq --conf-file=/dev/null --no-resolv --no-hosts --bind-interfaces --except-interface=none \
                --listen-address=10.212.0.1 --port=$port --pid-file=/run/filtered-$port.pid
              bash -c "</dev/tcp/10.212.0.1/$port" && echo "listens at $port"
            done
            """;

    private static final String CONNECT = """
            ip addr add ADDRESS/24 dev eth0
            for port in 443 8443; do
              nc -w 3 10.212.0.1 $port </dev/null >/dev/null 2>&1 && echo "connects to $port" &
            done
            wait
            """;

    /** The filters of guests that libvirt keeps in the firewall. */
    private static final String FILTERS = """
            for guest in test-pool-1 test-pool-2; do
              virsh -q domiflist $guest | while read -r port rest; do
                virsh -q nwfilter-binding-list | sed -n "s/^ *$port  *\\([^ ]*\\) *$/$guest \\1/p"
              done
            done
            """;

    @TempDir
    static Path folder;

    private static PoolLab lab;

    @BeforeAll
    static void setUp() throws Exception {
        lab = PoolLab.start("pool", "test-pool", folder, PLAYBOOK);
    }

    @AfterAll
    static void tearDown() throws Exception {
        lab.close();
    }

    @AfterEach
    void giveAllBack() {
        lab.leases().forEach(lab::release);
    }

    @Test
    void nothingOfALeaseIsFoundInTheNext() {
        var variables = lab.file("variables", "LEFT=behind\n");
        for (var i = 0; i < CYCLES; i++) {
            var lease = lab.acquire("--variables", variables);
            assertThat(lab.in(lease, "env")).contains("LEFT=behind");
            lab.in(lease, MARK);
            lab.release(lease);
            lab.awaitFull();
            // Both, as either may be the one that was used.
            var first = lab.acquire();
            var second = lab.acquire();
            assertThat(lab.in(first, LOOK) + lab.in(second, LOOK))
                    .doesNotContain("left-behind")
                    .doesNotContain("LEFT");
            assertThat(lab.in(first, "cat /etc/machine-id")).isNotEqualTo(lab.in(second, "cat /etc/machine-id"));
            lab.release(first);
            lab.release(second);
        }
    }

    @Test
    void aCommandGetsAGuestOfItsOwnAndGivesItBack() throws Exception {
        lab.file("input", "some input\n");

        var run = lab.run(
                "acquire",
                "test-pool",
                "--put",
                folder.resolve("input") + ":/root",
                "--get",
                "/root/output:" + folder.resolve("output"),
                "--",
                "sh",
                "-c",
                "tr a-z A-Z </root/input >/root/output; echo said; exit 7");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.output()).isEqualTo("said\n");
        assertThat(folder.resolve("output")).hasContent("SOME INPUT\n");
        assertThat(lab.leases()).isEmpty();
    }

    @Test
    void whatIsInTheWorkspaceComesBackWithTheGuest() throws Exception {
        var lease = lab.acquire();
        lab.in(
                lease,
                "echo done >/workspace/output/report; ln -s /etc/shadow /workspace/output/link; echo x >/workspace/work/rest");

        var released = lab.succeeds("pool", "release", lease.path("id").asText(), "-o", "json")
                .json();

        assertThat(lab.inside("cat " + released.path("results").asText() + "/report"))
                .isEqualTo("done");
        assertThat(released.path("leftOut").toString()).contains("link");
        lab.awaitFull();
        for (var next : List.of(lab.acquire(), lab.acquire())) {
            assertThat(
                            lab.in(
                                    next,
                                    "find /workspace -type f -o -type l; dd if=/dev/zero of=/workspace/work/all bs=1M 2>&1; true"))
                    .contains("No space left")
                    .doesNotContain("report")
                    .doesNotContain("rest");
        }
    }

    @Test
    void resultsOfALeaseThatEndsByItselfAreKept() throws Exception {
        var dying = lab.acquire();
        var expiring = lab.acquire();
        for (var lease : List.of(dying, expiring)) {
            lab.in(lease, "hostname >/workspace/output/report; sync");
        }
        var names = List.of(lab.in(dying, "hostname"), lab.in(expiring, "hostname"));

        lab.inside("kill -9 $(cat /run/libvirt/qemu/" + dying.path("guest").asText() + ".pid)");
        lab.succeeds("pool", "extend", expiring.path("id").asText(), "--for", "1s");
        lab.until(() -> lab.leases().isEmpty());

        assertThat(List.of(report(dying), report(expiring))).isEqualTo(names);
        assertThat(report(expiring)).isEqualTo(names.getLast());
        lab.awaitFull();
    }

    @Test
    void aGuestStaysItsUsersWhenThereIsNoRoomForItsResults() throws Exception {
        var first = lab.acquire();
        var results = lab.succeeds("pool", "release", first.path("id").asText(), "-o", "json")
                .json()
                .path("results")
                .asText();
        var lease = lab.acquire();
        lab.in(lease, "dd if=/dev/zero of=/workspace/output/large bs=64k count=16 2>/dev/null");
        var folder = results.substring(0, results.lastIndexOf('/'));
        lab.inside("mount -t tmpfs -o size=128k,mode=711 none " + folder);
        try {
            var full = lab.run("pool", "release", lease.path("id").asText());
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.messages()).contains("cannot be kept").contains("--discard");
            assertThat(lab.in(lease, "ls /workspace/output")).isEqualTo("large\n");
        } finally {
            lab.inside("umount " + folder);
        }

        var released = lab.succeeds("pool", "release", lease.path("id").asText(), "-o", "json")
                .json();
        assertThat(lab.inside("stat -c %s " + released.path("results").asText() + "/large"))
                .isEqualTo("1048576");
        var unwanted = lab.acquire();
        lab.in(unwanted, "echo x >/workspace/output/report");
        assertThat(lab.succeeds("pool", "release", unwanted.path("id").asText(), "--discard")
                        .output())
                .isEqualTo("Released.\n");
    }

    private static String report(JsonNode lease) throws Exception {
        var results = lab.succeeds("pool", "release", lease.path("id").asText(), "-o", "json")
                .json();
        return lab.inside("cat " + results.path("results").asText() + "/report") + "\n";
    }

    @Test
    void whoStillTalksToAGuestIsCutOffWhenItIsTakenBack() throws Exception {
        var lease = lab.acquire();
        var busy = CompletableFuture.supplyAsync(() ->
                lab.run("exec", lease.path("id").asText(), "--", "sh", "-c", "touch /run/begun; exec sleep 1000"));
        lab.until(() -> lab.in(lease, "ls /run").contains("begun"));

        lab.release(lease);

        var cutOff = busy.join();
        assertThat(cutOff.exitCode()).isEqualTo(125);
        assertThat(cutOff.messages()).contains("PD5003");
        lab.awaitFull();
    }

    @Test
    void aCommandKeepsItsGuestAcrossAKeeperThatIsKilled() throws Exception {
        var command = CompletableFuture.supplyAsync(() -> lab.run(
                "acquire",
                "test-pool",
                "--for",
                "20s",
                "--",
                "sh",
                "-c",
                "touch /run/begun; sleep 25; echo done; exit 3"));
        // A lease is there before its caller knows of it.
        lab.until(() -> hasBegun(lab.leases()));

        lab.killKeeper();
        lab.serve();

        assertThat(command.join().output()).isEqualTo("done\n");
        assertThat(command.join().exitCode()).isEqualTo(3);
        assertThat(lab.leases()).isEmpty();
    }

    private static boolean hasBegun(JsonNode leases) {
        return !leases.isEmpty()
                && lab.run("exec", leases.get(0).path("id").asText(), "--", "test", "-e", "/run/begun")
                                .exitCode()
                        == 0;
    }

    @Test
    void aLeaseOutlivesItsKeeper() throws Exception {
        var lease = lab.acquire();
        lab.in(lease, "echo still-here >/root/mine");

        lab.killKeeper();
        lab.serve();

        assertThat(lab.in(lease, "cat /root/mine")).isEqualTo("still-here\n");
        var other = lab.acquire();
        assertThat(other.path("guest")).isNotEqualTo(lease.path("guest"));
        assertThat(lab.in(other, "ls /root")).isEmpty();
        lab.release(lease);
        lab.release(other);
        var gone = lab.run("exec", lease.path("id").asText(), "--", "true");
        assertThat(gone.messages()).contains("PD7103").contains("has ended: released");
        lab.awaitFull();
    }

    @Test
    void aGuestWhoseQemuEndsTakesItsLeaseAlong() throws Exception {
        var lease = lab.acquire();

        lab.inside("kill -9 $(cat /run/libvirt/qemu/" + lease.path("guest").asText() + ".pid)");

        lab.until(() -> lab.leases().isEmpty());
        lab.awaitFull();
        assertThat(lab.run("pool", "extend", lease.path("id").asText()).messages())
                .contains("has ended");
    }

    @Test
    void theKeeperGoesOnWhenLibvirtdComesBack() throws Exception {
        var lease = lab.acquire();

        lab.inside("kill -9 $(cat /run/libvirtd.pid)");

        lab.release(lease);
        lab.awaitFull();
        lab.release(lab.acquire());
    }

    @Test
    void aGuestIsBehindItsFilterBeforeAnybodyHasIt() throws Exception {
        lab.succeeds("pool", "drain", "test-pool");
        lab.until(() -> lab.status().path("guests").isEmpty());
        lab.succeeds("pool", "drain", "--off", "test-pool");
        lab.awaitFull();

        assertThat(lab.inside(FILTERS)).isEqualTo("test-pool-1 watched\ntest-pool-2 watched");
        assertThat(lab.inside(LISTEN)).isEqualTo("listens at 443\nlistens at 8443");
        for (var lease : List.of(lab.acquire(), lab.acquire())) {
            assertThat(lab.in(
                            lease,
                            CONNECT.replace("ADDRESS", lease.path("address").asText())))
                    .isEqualTo("connects to 443\n");
        }
        lab.inside("kill $(cat /run/filtered-*.pid)");
    }

    @Test
    void aFilterThatIsChangedBehindItsBackIsTold() throws Exception {
        lab.inside(
                "virsh -q nwfilter-dumpxml watched | sed 's/443/22/' >/run/watched.xml; virsh -q nwfilter-define /run/watched.xml");

        lab.until(() -> lab.logs().contains("policy.changed"));

        assertThat(lab.logs()).contains("tcp/22");
        lab.apply();
    }

    @Test
    void aChangedPoolMakesItsGuestsAnew() {
        lab.apply("-e", "log=yes");

        lab.until(() -> lab.status().path("outdated").asInt() == 0
                && lab.status().path("ready").asInt() == 2);

        lab.release(lab.acquire());
        assertThat(lab.logs()).contains("guest.make");
    }
}
