package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Outcome;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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

    @TempDir
    static Path folder;

    private static Lab lab;
    private static Shell shell;
    private static String uri = "";
    private static Paddock keeper;

    @BeforeAll
    static void setUp() throws Exception {
        lab = Labs.lab("pool");
        uri = lab.start().uri();
        shell = new Shell(new LibvirtConnector(), folder);
        shell.applied("-c", uri, shell.file("pool.yaml", PLAYBOOK));
        serve();
        until(() -> status().path("ready").asInt() == 2);
    }

    @AfterAll
    static void tearDown() throws Exception {
        keeper.close();
        lab.stop();
    }

    @AfterEach
    void giveAllBack() {
        succeeds("pool", "list", "--leases", "-o", "json").json().forEach(KeeperIT::release);
    }

    private static void serve() throws Exception {
        keeper = Paddock.start(folder, lab.command(List.of()), List.of(), "serve");
        until(() -> Files.exists(socket()) && run("pool", "list").exitCode() == 0);
    }

    private static Path socket() {
        return lab.endpoint().socket().resolveSibling("paddock.sock");
    }

    private static void killKeeper() throws Exception {
        inside("kill -9 $(cat /var/lib/libvirt/paddock/keeper/lock)");
        keeper.end();
    }

    private static String inside(String script) throws Exception {
        var outcome = lab.capture(List.of("sh", "-c", script));
        assertThat(outcome).isInstanceOf(Outcome.Ended.class);
        return ((Outcome.Ended) outcome).output().strip();
    }

    private static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(run("pool", "logs").all()).isLessThan(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interruption);
            }
        }
    }

    private static Shell.Result run(String... arguments) {
        return shell.run(
                Stream.concat(Stream.of("-c", uri), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private static Shell.Result succeeds(String... arguments) {
        var result = run(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result;
    }

    private static JsonNode status() {
        return succeeds("pool", "status", "test-pool", "-o", "json").json();
    }

    private static JsonNode acquire(String... options) {
        return succeeds(Stream.concat(Stream.of("acquire", "test-pool"), Arrays.stream(options))
                        .toArray(String[]::new))
                .json();
    }

    private static String in(JsonNode lease, String script) {
        return succeeds("exec", lease.path("id").asText(), "--", "sh", "-c", script)
                .output();
    }

    private static void release(JsonNode lease) {
        succeeds("pool", "release", lease.path("id").asText());
    }

    @Test
    void nothingOfALeaseIsFoundInTheNext() {
        var variables = shell.file("variables", "LEFT=behind\n");
        for (var i = 0; i < CYCLES; i++) {
            var lease = acquire("--variables", variables);
            assertThat(in(lease, "env")).contains("LEFT=behind");
            in(lease, MARK);
            release(lease);
            until(() -> status().path("ready").asInt() == 2);
            // Both, as either may be the one that was used.
            var first = acquire();
            var second = acquire();
            assertThat(in(first, LOOK) + in(second, LOOK))
                    .doesNotContain("left-behind")
                    .doesNotContain("LEFT");
            assertThat(in(first, "cat /etc/machine-id")).isNotEqualTo(in(second, "cat /etc/machine-id"));
            release(first);
            release(second);
        }
    }

    @Test
    void aCommandGetsAGuestOfItsOwnAndGivesItBack() throws Exception {
        shell.file("input", "some input\n");

        var run = run(
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
        assertThat(succeeds("pool", "list", "--leases", "-o", "json").json()).isEmpty();
    }

    @Test
    void whatIsInTheWorkspaceComesBackWithTheGuest() throws Exception {
        var lease = acquire();
        in(
                lease,
                "echo done >/workspace/output/report; ln -s /etc/shadow /workspace/output/link; echo x >/workspace/work/rest");

        var released = succeeds("pool", "release", lease.path("id").asText(), "-o", "json")
                .json();

        assertThat(inside("cat " + released.path("results").asText() + "/report"))
                .isEqualTo("done");
        assertThat(released.path("leftOut").toString()).contains("link");
        until(() -> status().path("ready").asInt() == 2);
        for (var next : List.of(acquire(), acquire())) {
            assertThat(
                            in(
                                    next,
                                    "find /workspace -type f -o -type l; dd if=/dev/zero of=/workspace/work/all bs=1M 2>&1; true"))
                    .contains("No space left")
                    .doesNotContain("report")
                    .doesNotContain("rest");
        }
    }

    @Test
    void resultsOfALeaseThatEndsByItselfAreKept() throws Exception {
        var dying = acquire();
        var expiring = acquire();
        for (var lease : List.of(dying, expiring)) {
            in(lease, "hostname >/workspace/output/report; sync");
        }
        var names = List.of(in(dying, "hostname"), in(expiring, "hostname"));

        inside("kill -9 $(cat /run/libvirt/qemu/" + dying.path("guest").asText() + ".pid)");
        succeeds("pool", "extend", expiring.path("id").asText(), "--for", "1s");
        until(() -> succeeds("pool", "list", "--leases", "-o", "json").json().isEmpty());

        assertThat(List.of(report(dying), report(expiring))).isEqualTo(names);
        assertThat(report(expiring)).isEqualTo(names.getLast());
        until(() -> status().path("ready").asInt() == 2);
    }

    @Test
    void aGuestStaysItsUsersWhenThereIsNoRoomForItsResults() throws Exception {
        var first = acquire();
        var results = succeeds("pool", "release", first.path("id").asText(), "-o", "json")
                .json()
                .path("results")
                .asText();
        var lease = acquire();
        in(lease, "dd if=/dev/zero of=/workspace/output/large bs=64k count=16 2>/dev/null");
        var folder = results.substring(0, results.lastIndexOf('/'));
        inside("mount -t tmpfs -o size=128k,mode=711 none " + folder);
        try {
            var full = run("pool", "release", lease.path("id").asText());
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.messages()).contains("cannot be kept").contains("--discard");
            assertThat(in(lease, "ls /workspace/output")).isEqualTo("large\n");
        } finally {
            inside("umount " + folder);
        }

        var released = succeeds("pool", "release", lease.path("id").asText(), "-o", "json")
                .json();
        assertThat(inside("stat -c %s " + released.path("results").asText() + "/large"))
                .isEqualTo("1048576");
        var unwanted = acquire();
        in(unwanted, "echo x >/workspace/output/report");
        assertThat(succeeds("pool", "release", unwanted.path("id").asText(), "--discard")
                        .output())
                .isEqualTo("Given back.\n");
    }

    private static String report(JsonNode lease) throws Exception {
        var results = succeeds("pool", "release", lease.path("id").asText(), "-o", "json")
                .json();
        return inside("cat " + results.path("results").asText() + "/report") + "\n";
    }

    @Test
    void whoStillTalksToAGuestIsCutOffWhenItIsTakenBack() throws Exception {
        var lease = acquire();
        var busy = CompletableFuture.supplyAsync(
                () -> run("exec", lease.path("id").asText(), "--", "sh", "-c", "touch /run/begun; exec sleep 1000"));
        until(() -> in(lease, "ls /run").contains("begun"));

        release(lease);

        var cutOff = busy.join();
        assertThat(cutOff.exitCode()).isEqualTo(125);
        assertThat(cutOff.messages()).contains("PD5003");
        until(() -> status().path("ready").asInt() == 2);
    }

    @Test
    void aLeaseOutlivesItsKeeper() throws Exception {
        var lease = acquire();
        in(lease, "echo still-here >/root/mine");

        killKeeper();
        serve();

        assertThat(in(lease, "cat /root/mine")).isEqualTo("still-here\n");
        var other = acquire();
        assertThat(other.path("guest")).isNotEqualTo(lease.path("guest"));
        assertThat(in(other, "ls /root")).isEmpty();
        release(lease);
        release(other);
        var gone = run("exec", lease.path("id").asText(), "--", "true");
        assertThat(gone.messages()).contains("PD7103").contains("has ended: released");
        until(() -> status().path("ready").asInt() == 2);
    }

    @Test
    void aGuestWhoseQemuEndsTakesItsLeaseAlong() throws Exception {
        var lease = acquire();

        inside("kill -9 $(cat /run/libvirt/qemu/" + lease.path("guest").asText() + ".pid)");

        until(() -> succeeds("pool", "list", "--leases", "-o", "json").json().isEmpty());
        until(() -> status().path("ready").asInt() == 2);
        assertThat(run("pool", "extend", lease.path("id").asText()).messages()).contains("has ended");
    }

    @Test
    void theKeeperGoesOnWhenLibvirtdComesBack() throws Exception {
        var lease = acquire();

        inside("kill -9 $(cat /run/libvirtd.pid)");

        release(lease);
        until(() -> status().path("ready").asInt() == 2);
        release(acquire());
    }

    @Test
    void aFilterThatIsChangedBehindItsBackIsTold() throws Exception {
        inside(
                "virsh -q nwfilter-dumpxml watched | sed 's/443/22/' >/run/watched.xml; virsh -q nwfilter-define /run/watched.xml");

        until(() -> succeeds("pool", "logs").output().contains("policy.changed"));

        assertThat(succeeds("pool", "logs").output()).contains("tcp/22");
        shell.applied("-c", uri, shell.path("pool.yaml"));
    }

    @Test
    void aChangedPoolMakesItsGuestsAnew() {
        shell.applied("-c", uri, shell.path("pool.yaml"), "-e", "log=yes");

        until(() ->
                status().path("outdated").asInt() == 0 && status().path("ready").asInt() == 2);

        release(acquire());
        assertThat(succeeds("pool", "logs").output()).contains("guest.make");
    }
}
