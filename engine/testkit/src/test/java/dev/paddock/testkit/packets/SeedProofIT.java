package dev.paddock.testkit.packets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.kind.Kind;
import dev.paddock.cli.reach.Landscape;
import dev.paddock.cli.reach.Proof;
import dev.paddock.cli.reach.Standpoints;
import dev.paddock.core.bind.BindRequest;
import dev.paddock.core.bind.Binder;
import dev.paddock.host.lab.Endpoint;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.nwfilter.firewall.Build;
import dev.paddock.nwfilter.reach.Matrix;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The matrices of the agents' filter, as it was given and as it ships, hold for packets. */
@Timeout(600)
class SeedProofIT {
    private static final Path PLAYBOOKS =
            Path.of(System.getProperty("paddock.home", "../..")).resolve("playbooks");
    private static final int FEWEST_CELLS = 150;

    @ParameterizedTest
    @ValueSource(strings = {"seed-as-given", "agent-networks"})
    void whatIsToldOfTheFilterIsWhatPacketsDo(String playbook) throws Exception {
        var kinds = ServiceLoader.load(Kind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        var bound = new Binder(kinds).bind(BindRequest.of(PLAYBOOKS.resolve(playbook + ".yaml")));
        var declared = Landscape.declared(bound.resources());
        var lab = Labs.lab("proof-" + playbook);
        try {
            var endpoint = lab.start();
            var landscape = declared.by(backend(endpoint));
            var standpoint = new Standpoints(landscape)
                    .named("agent-network-filter@agent-nat-filtered", Map.of())
                    .orElseThrow();
            var setting = standpoint.setting();
            var build = setting.settled();
            if (build instanceof Build.Refused refused) {
                assertThat(backend(endpoint))
                        .matches(there -> there.kind() == FilterBackend.Kind.NFTABLES && !there.tracksBridges());
                assertThat(refused.reason()).contains("Protocol error");
                return;
            }
            var firewall = ((Build.Ready) build).firewall();
            var matrix = Matrix.of(setting.scene(firewall), setting.traffic());
            var proof = new Proof(new LibvirtConnector(), endpoint, process(lab), landscape);
            proof.prepare();

            var start = System.nanoTime();
            var result = proof.of(standpoint, matrix);
            Figures.note("%s: %d cells in %d ms"
                    .formatted(playbook, result.cells(), (System.nanoTime() - start) / 1_000_000));

            assertThat(result.differences()).isEmpty();
            assertThat(result.cells()).isGreaterThan(FEWEST_CELLS);
        } finally {
            lab.stop();
        }
    }

    private static FilterBackend backend(Endpoint lab) {
        try (var reader = new LibvirtConnector().reader(lab.uri())) {
            return reader.filterBackend();
        }
    }

    private static long process(Lab lab) {
        return lab.status() instanceof LabStatus.Running running ? running.init() : -1;
    }
}
