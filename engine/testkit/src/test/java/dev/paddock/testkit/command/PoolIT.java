package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool on a real host, from its declaration to its end. */
@Timeout(120)
class PoolIT {
    private static final String POOL = """
            - networks: [{name: pooled, address: 10.211.0.1/24, dhcp: 10.211.0.10-10.211.0.99}]
              pools:
                - name: kind-test
                  type: qemu
                  memory: 64 MiB
                  warm: "${warm!1}"
                  max: 2
                  boot: {kernel: /boot/never}
                  networks: {name: pooled, key: lan, filter: clean-traffic}
                  disks: [{size: 1 GiB}, {file: /never.raw, format: raw}]
                  addresses: 10.211.0.64-10.211.0.65
            """;

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String playbook = "";

    @BeforeEach
    void files() {
        shell = new Shell(new LibvirtConnector(), folder);
        playbook = shell.file("a.yaml", POOL);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(shell.run("-c", Labs.uri(), "destroy", playbook, "--auto-approve")
                        .exitCode())
                .isZero();
        assertThat(read("pool")).isEqualTo(new Observed.Absent());
    }

    @Test
    void libvirtKeepsWhatIsPromisedAndTheNetworkTheAddresses() {
        shell.applied("-c", Labs.uri(), playbook);
        shell.applied("-c", Labs.uri(), playbook, "-e", "warm=2");

        assertThat(read("pool")).isInstanceOfSatisfying(Observed.Present.class, pool -> {
            assertThat(pool.active()).isFalse();
            var spec = PoolSpec.of(pool.defined()).orElseThrow();
            assertThat(spec.warm()).isEqualTo(2);
            assertThat(spec.disks()).hasSize(2);
            var network = shell.run("-c", Labs.uri(), "show", "network/pooled").output();
            for (var number = 1; number <= 2; number++) {
                var slot = new PoolSlot("kind-test", pool.uuid(), number);
                assertThat(network)
                        .contains("<host mac='%s' name='%s' ip='%s'/>"
                                .formatted(
                                        slot.mac(0),
                                        slot.name(),
                                        spec.addresses()
                                                .orElseThrow()
                                                .of(number)
                                                .orElseThrow()));
            }
        });
    }

    @Test
    void itIsNoGuestByHand() {
        shell.applied("-c", Labs.uri(), playbook);

        assertThat(read("vm")).isEqualTo(new Observed.Absent());
        assertThat(shell.run("-c", Labs.uri(), "vm", "list").output()).doesNotContain("kind-test");
        assertThat(shell.run("-c", Labs.uri(), "vm", "start", "kind-test").messages())
                .contains("The host has no guest named 'kind-test'");
    }

    @Test
    void anImportPlansEmpty() {
        shell.applied("-c", Labs.uri(), playbook);
        var imported = shell.run("-c", Labs.uri(), "import", "pool/kind-test").output();

        shell.inSync("-c", Labs.uri(), shell.file("b.yaml", imported));
    }

    @Test
    void withoutAddressesAnImportIsInWords() {
        var plain = shell.file("c.yaml", POOL.replace("      addresses: 10.211.0.64-10.211.0.65\n", ""));
        shell.applied("-c", Labs.uri(), plain);
        var imported = shell.run("-c", Labs.uri(), "import", "pool/kind-test").output();

        assertThat(imported)
                .contains("warm: 1", "size: 1 GiB", "file: /never.raw")
                .doesNotContain("<domain");
        shell.inSync("-c", Labs.uri(), shell.file("b.yaml", imported));
    }

    private static Observed read(String kind) {
        try (var reader = new LibvirtConnector().reader(Labs.uri())) {
            return reader.read(kind, Optional.of(Set.of("kind-test"))).getOrDefault("kind-test", new Observed.Absent());
        }
    }
}
