package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leases of real guests that go on from another. */
@Timeout(600)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class ForkIT {
    private static final String PLAYBOOK = """
            - project: forked
              networks:
                - {name: forked, address: 10.214.0.1/24, dhcp: 10.214.0.10-10.214.0.99}
              pools:
                - name: branches
                  image: tiny
                  memory: 192 MiB
                  disks: [{size: 64 MiB}]
                  channels: [{name: dev.paddock.agent.0}, {name: dev.paddock.agent.1}]
                  networks: {name: forked, filter: clean-traffic}
                  addresses: 10.214.0.64-10.214.0.67
                  warm: 1
                  max: 4
                  on_empty: {wait: 3m}
            """;

    private static final String COUNT =
            "(i=0; while :; do i=$((i+1)); echo $i >/dev/shm/count; sleep 0.2; done) </dev/null >/dev/null 2>&1 &";

    @TempDir
    static Path folder;

    private static PoolLab lab;

    @BeforeAll
    static void setUp() throws Exception {
        lab = PoolLab.start("fork", "branches", folder, PLAYBOOK);
    }

    @AfterAll
    static void tearDown() throws Exception {
        lab.close();
    }

    @AfterEach
    void giveAllBack() {
        lab.leases().forEach(lab::release);
    }

    private static List<JsonNode> fork(JsonNode lease, int count) {
        List<JsonNode> forks = new ArrayList<>();
        lab.succeeds("fork", lease.path("id").asText(), "--count", Integer.toString(count))
                .json()
                .path("leases")
                .forEach(forks::add);
        return forks;
    }

    private static List<String> inAll(List<JsonNode> leases, String script) {
        return leases.stream().map(lease -> lab.in(lease, script).strip()).toList();
    }

    @Test
    void eachForkGoesOnWhereTheLeaseWasWithAnIdentityOfItsOwn() throws Exception {
        var variables = lab.file("variables", "KEPT=variable\n");
        var lease = lab.acquire("--variables", variables);
        lab.in(lease, "echo memory >/dev/shm/mark; echo disk >/dev/vda; sync; " + COUNT);

        var forks = fork(lease, 2);

        var all = new ArrayList<>(forks);
        all.add(lease);
        assertThat(inAll(all, "cat /dev/shm/mark; head -c 4 /dev/vda; echo; echo $KEPT"))
                .containsOnly("memory\ndisk\nvariable");
        assertThat(inAll(
                        all,
                        "a=$(cat /dev/shm/count); until [ $(cat /dev/shm/count) -gt $a ]; do sleep 0.1; done; echo on"))
                .containsOnly("on");
        assertThat(inAll(forks, "hostname"))
                .isEqualTo(
                        forks.stream().map(each -> each.path("guest").asText()).toList());
        assertThat(inAll(all, "cat /etc/machine-id")).doesNotHaveDuplicates();
        assertThat(inAll(all, "cat /sys/class/net/eth0/address")).doesNotHaveDuplicates();
        assertThat(inAll(all, "ip -4 -o addr show dev eth0 | awk '{print $4}'"))
                .doesNotHaveDuplicates()
                .noneMatch(String::isEmpty);
        assertThat(inAll(all, "ping -c 1 -w 20 10.214.0.1 >/dev/null && echo reached"))
                .containsOnly("reached");
        assertThat(forks).allSatisfy(each -> assertThat(each.path("forkedFrom").asText())
                .isEqualTo(lease.path("id").asText()));

        forks.forEach(each -> lab.in(each, "echo of-a-fork >/dev/shm/mark; echo fork >/dev/vda; sync"));
        assertThat(lab.in(lease, "cat /dev/shm/mark; head -c 4 /dev/vda")).isEqualTo("memory\ndisk");
        assertThat(lab.inside("ls /var/lib/libvirt/paddock/states/branches; virsh snapshot-list --name "
                        + lease.path("guest").asText()))
                .isEqualTo("golden\nclean");
        all.forEach(lab::release);
        lab.until(() -> lab.status().path("leased").asInt() == 0
                && lab.status().path("dirty").asInt() == 0
                && lab.status().path("making").asInt() == 0
                && lab.status().path("ready").asInt() >= 1);
        assertThat(lab.in(lab.acquire(), "cat /dev/shm/mark 2>/dev/null; head -c 4 /dev/vda | tr -d '\\0'; echo $KEPT")
                        .strip())
                .isEmpty();
    }

    @Test
    void aForkWithoutRoomSaysSoAndChangesNothing() {
        var lease = lab.acquire();

        var refused = lab.run("fork", lease.path("id").asText(), "--count", "4");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.messages()).contains("has 4 VMs at most");
        assertThat(lab.leases()).hasSize(1);
    }
}
