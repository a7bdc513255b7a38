package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A VM with an address of its own is found on a host with many neighbors, at the bridge that it is plugged into. */
@Timeout(120)
class NeighborsIT {
    private static final String PLAYBOOK = """
            - networks:
                - {name: crowd, bridge: br-crowd, address: 10.84.0.1/16}
                - {name: quiet, bridge: br-quiet, address: 10.85.0.1/16}
              vms:
                - name: own
                  type: qemu
                  memory: 64 MiB
                  state: paused
                  networks: {name: quiet, mac: "52:54:00:84:00:01"}
                  shutdown: {timeout: 1, force: true}
            """;

    /** libvirt's own reading ends in the first of these. */
    private static final int CROWD = 120;

    @TempDir
    Path folder;

    @Test
    void theAddressIsThatOfItsOwnBridge() throws Exception {
        var uri = Labs.uri();
        var shell = new Shell(new LibvirtConnector(), folder);
        var playbook = shell.file("a.yaml", PLAYBOOK);
        shell.applied("-c", uri, playbook);
        try {
            var script = new StringBuilder();
            for (var i = 1; i <= CROWD; i++) {
                script.append(neighbor("10.84.1." + i, "52:54:00:84:01:%02x".formatted(i), "br-crowd", "stale"));
            }
            script.append(neighbor("10.84.2.1", "52:54:00:84:00:01", "br-crowd", "reachable"));
            script.append(neighbor("10.85.0.7", "52:54:00:84:00:01", "br-quiet", "permanent"));
            var added = Labs.shared().capture(List.of("sh", "-ec", script.toString()));
            assertThat(added.isSuccess()).as(added.explanation()).isTrue();

            // Other tests may have VMs in the lab.
            var guest = StreamSupport.stream(
                            shell.run("-c", uri, "-o", "json", "vm", "list")
                                    .json()
                                    .at("/guests")
                                    .spliterator(),
                            false)
                    .filter(each -> each.at("/name").asText().equals("own"))
                    .findFirst()
                    .orElseThrow();
            assertThat(guest.at("/addresses")).hasSize(1);
            assertThat(guest.at("/addresses/0/address").asText()).isEqualTo("10.85.0.7");
            assertThat(guest.at("/addresses/0/sources/0").asText()).isEqualTo("neighbor");
            assertThat(shell.run("-c", uri, "vm", "info", "own").output()).contains("10.85.0.7 (neighbor)");
        } finally {
            shell.run("-c", uri, "destroy", playbook, "--auto-approve");
        }
    }

    private static String neighbor(String address, String mac, String device, String state) {
        return "ip neigh replace %s lladdr %s dev %s nud %s%n".formatted(address, mac, device, state);
    }
}
