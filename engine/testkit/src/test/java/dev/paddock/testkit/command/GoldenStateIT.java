package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool on a real host whose guests are copies of one that booted. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class GoldenStateIT {
    private static final String PLAYBOOK = """
            - project: golden
              networks:
                - {name: golden, address: 10.213.0.1/24, dhcp: 10.213.0.10-10.213.0.99}
              pools:
                - name: copied
                  image: tiny
                  memory: ${memory!"192 MiB"}
                  disks: [{size: 64 MiB}]
                  channels: [{name: dev.paddock.agent.0}, {name: dev.paddock.agent.1}]
                  networks: {name: golden, filter: clean-traffic}
                  addresses: 10.213.0.64-10.213.0.66
                  warm: 3
                  max: 3
                  on_empty: {wait: 3m}
            """;

    private static final String GOLDEN = "/var/lib/libvirt/paddock/states/copied/golden/";

    @TempDir
    static Path folder;

    private static PoolLab lab;

    @BeforeAll
    static void setUp() throws Exception {
        lab = PoolLab.start("golden", "copied", folder, PLAYBOOK);
    }

    @AfterAll
    static void tearDown() throws Exception {
        lab.close();
    }

    @AfterEach
    void giveAllBack() {
        lab.leases().forEach(lab::release);
    }

    private static List<JsonNode> acquireAll() {
        lab.awaitFull();
        List<JsonNode> leases = new ArrayList<>();
        for (var i = 0; i < 3; i++) {
            leases.add(lab.acquire());
        }
        return leases;
    }

    private static List<String> inAll(List<JsonNode> leases, String script) {
        return leases.stream().map(lease -> lab.in(lease, script).strip()).toList();
    }

    private static long count(String event) {
        return lab.logs()
                .lines()
                .filter(line -> line.contains(" " + event + " "))
                .count();
    }

    @Test
    @Order(1)
    void oneGuestBootsAndEachCopyHasAnIdentityOfItsOwn() throws Exception {
        assertThat(count("guest.boot")).as(lab.logs()).isEqualTo(1);
        assertThat(count("golden.saved")).isEqualTo(1);
        var leases = acquireAll();
        var names = leases.stream().map(lease -> lease.path("guest").asText()).toList();

        assertThat(inAll(leases, "hostname")).isEqualTo(names);
        assertThat(inAll(leases, "cat /etc/machine-id")).doesNotHaveDuplicates();
        assertThat(inAll(leases, "head -c 32 /dev/urandom | sha256sum")).doesNotHaveDuplicates();
        List<String> macs = new ArrayList<>();
        for (var name : names) {
            macs.add(lab.inside("virsh -q domiflist " + name + " | awk '{print $5}'"));
        }
        assertThat(inAll(leases, "cat /sys/class/net/eth0/address"))
                .isEqualTo(macs)
                .doesNotHaveDuplicates();
        assertThat(inAll(leases, "ip -4 -o addr show dev eth0 | awk '{print $4}'"))
                .isEqualTo(leases.stream()
                        .map(lease -> lease.path("address").asText() + "/24")
                        .toList());
        assertThat(inAll(leases, "ping -c 1 -w 20 10.213.0.1 >/dev/null && echo reached"))
                .containsOnly("reached");
    }

    @Test
    @Order(2)
    void aUsedGuestIsResetAndKeepsItsIdentity() throws Exception {
        var leases = acquireAll();
        leases.forEach(lease -> lab.in(
                lease,
                "echo left-behind >/root/mark; echo left-behind >/dev/vda; sync;"
                        + " ip link set eth0 down; hostname left-behind"));
        leases.forEach(lab::release);

        var next = acquireAll();

        assertThat(inAll(next, "cat /root/mark 2>/dev/null; head -c 11 /dev/vda | tr -d '\\0'"))
                .containsOnly("");
        assertThat(inAll(next, "hostname"))
                .isEqualTo(
                        next.stream().map(lease -> lease.path("guest").asText()).toList());
        assertThat(inAll(next, "ping -c 1 -w 20 10.213.0.1 >/dev/null && echo reached"))
                .containsOnly("reached");
    }

    @Test
    @Order(3)
    void noGuestCanChangeWhatLaterOnesStartFrom() throws Exception {
        var sums = lab.inside("sha256sum " + GOLDEN + "*");
        assertThat(lab.inside("stat -c '%U %a' " + GOLDEN + " " + GOLDEN + "vda.qcow2"))
                .isEqualTo("root 700\nroot 400");
        var leases = acquireAll();
        leases.forEach(lease -> lab.in(lease, "dd if=/dev/urandom of=/dev/vda bs=1M count=8 conv=fsync 2>/dev/null"));

        assertThat(lab.inside("for guest in 1 2 3; do virsh domblklist copied-$guest; done"))
                .doesNotContain("states");
        leases.forEach(lab::release);
        lab.awaitFull();
        assertThat(lab.inside("sha256sum " + GOLDEN + "*")).isEqualTo(sums);
    }

    @Test
    @Order(4)
    void aChangedTemplateBootsOneGuestMore() throws Exception {
        var before = lab.inside("sha256sum " + GOLDEN + "vda.qcow2");
        lab.apply("-e", "memory=128 MiB");
        lab.until(() -> count("guest.boot") > 1
                && lab.status().path("outdated").asInt() == 0
                && lab.status().path("ready").asInt() == 3);

        assertThat(count("guest.boot")).as(lab.logs()).isEqualTo(2);
        assertThat(lab.inside("sha256sum " + GOLDEN + "vda.qcow2")).isNotEqualTo(before);
        assertThat(inAll(acquireAll(), "awk '/MemTotal/ {print ($2 <= 128 * 1024)}' /proc/meminfo"))
                .containsOnly("1");
    }
}
