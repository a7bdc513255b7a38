package dev.paddock.testkit.pool;

import static dev.paddock.testkit.bind.BoundPlaybooks.document;
import static dev.paddock.testkit.bind.BoundPlaybooks.mistakes;
import static dev.paddock.testkit.bind.BoundPlaybooks.sound;
import static dev.paddock.testkit.bind.BoundPlaybooks.xml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.kind.FileKind;
import dev.paddock.api.pool.AddressRange;
import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.pool.SlotDisk;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.resource.ResourceUuid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Pools in a playbook, and the patterns that they stand for. */
class PoolsTest {
    private static final String NETWORK =
            "networks: [{name: lab, address: 192.168.50.1/24, dhcp: 192.168.50.10-192.168.50.99}]";

    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(spec("- pools: [{name: agents, disks: [{size: 1 GiB}]}]\n"))
                .isEqualTo(new PoolSpec(
                        1,
                        1,
                        Duration.ofMinutes(30),
                        Duration.ofHours(4),
                        ResetMethod.RESTORE,
                        OnEmpty.WAIT,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        OptionalInt.empty(),
                        2,
                        Optional.empty(),
                        OptionalLong.empty(),
                        List.of(new SlotDisk("vda", OptionalLong.of(1L << 30), Optional.empty()))));
    }

    @Test
    void whatIsSaidStandsInTheMetadata() {
        assertThat(spec("""
                - %s
                  pools:
                    - name: agents
                      warm: 2
                      max: 8
                      lease: {default: 90s, longest: 2d}
                      reset: recreate
                      on_empty: {cold: 5m}
                      max_age: 12h
                      per_owner: 3
                      starts: 4
                      networks: lab
                      addresses: 192.168.50.64-192.168.50.71
                      workspace: 64 MiB
                """.formatted(NETWORK)))
                .isEqualTo(new PoolSpec(
                        2,
                        8,
                        Duration.ofSeconds(90),
                        Duration.ofDays(2),
                        ResetMethod.RECREATE,
                        OnEmpty.COLD,
                        Duration.ofMinutes(5),
                        Optional.of(Duration.ofHours(12)),
                        OptionalInt.of(3),
                        4,
                        AddressRange.of("192.168.50.64-192.168.50.71"),
                        OptionalLong.of(64L << 20),
                        List.of()));
    }

    @Test
    void moreWarmOnesAndLongerLeasesRaiseWhatIsLeftOut() {
        var spec = spec("- pools: [{name: agents, warm: 3, lease: 8h, on_empty: fail, disks: [{size: 1 GiB}]}]\n");

        assertThat(spec.max()).isEqualTo(3);
        assertThat(spec.longest()).isEqualTo(Duration.ofHours(8));
        assertThat(spec.onEmpty()).isEqualTo(OnEmpty.FAIL);
    }

    @Test
    void guestsAndPoolsAreMadeFromTheSameTemplates() {
        var bound = sound("""
                - %s
                  templates:
                    - name: agent
                      title: ${vm.name}, also ${pool.name}
                      memory: 128 MiB
                      networks: {name: lab, address: 192.168.50.10, filter: clean-traffic}
                      disks: [{size: 1 GiB}]
                      snapshots: [clean]
                      warm: 2
                  vms: [{name: dev, template: agent}]
                  pools: [{name: agents, template: agent, addresses: 192.168.50.64-192.168.50.65}]
                """.formatted(NETWORK));

        assertThat(xml(bound, "vm/dev"))
                .contains("<title>dev, also dev</title>", "value='192.168.50.10'")
                .doesNotContain("pool:pool");
        assertThat(xml(bound, "pool/agents"))
                .contains("<title>agents, also agents</title>", "<memory unit='KiB'>131072</memory>")
                .contains("warm='2' max='2'", "<parameter name='IP' value='192.168.50.64'/>");
        assertThat(ids(bound)).contains("snapshot/dev/clean").doesNotContain("snapshot/agents/clean");
    }

    @Test
    void theAddressOfEachGuestIsKeptByTheNetwork() {
        var bound = sound("""
                - %s
                  pools:
                    - {name: agents, max: 2, networks: [lab, lab], reset: recreate, addresses: 192.168.50.64-192.168.50.71}
                """.formatted(NETWORK));

        var uuid = ResourceUuid.uuid("default", bound.resources().getLast().id());
        var network = xml(bound, "network/lab");
        assertThat(network).contains(host(new PoolSlot("agents", uuid, 1), "192.168.50.64"));
        assertThat(network).contains(host(new PoolSlot("agents", uuid, 2), "192.168.50.65"));
        assertThat(network).doesNotContain("192.168.50.66");
    }

    private static String host(PoolSlot slot, String address) {
        return "<host mac='%s' name='%s' ip='%s'/>".formatted(slot.mac(0), slot.name(), address);
    }

    @Test
    void disksAreMadeForTheGuestsAndNotForThePattern() {
        var bound = sound("""
                - pools:
                    - name: agents
                      image: {url: "https://example.org/web.qcow2", sha256: %s}
                      cloud_init: {packages: git}
                      disks: [{size: 4 GiB}, {file: /golden.raw, format: raw}, {file: /tools.iso, media: cdrom}]
                """.formatted("ab".repeat(32)));

        assertThat(PoolSpec.of(document(bound, "pool/agents")).orElseThrow().disks())
                .containsExactly(
                        new SlotDisk(
                                "vda",
                                OptionalLong.of(4L << 30),
                                Optional.of(new SlotDisk.Backing(
                                        "/var/lib/libvirt/images/paddock/web-abababababab.qcow2", "qcow2"))),
                        new SlotDisk(
                                "vdb", OptionalLong.empty(), Optional.of(new SlotDisk.Backing("/golden.raw", "raw"))));
        assertThat(xml(bound, "pool/agents"))
                .contains("<source file='/var/lib/libvirt/images/paddock/agents-vda.qcow2'/>")
                .contains("<source file='/var/lib/libvirt/images/paddock/agents-vdb.qcow2'/>")
                .contains("<source file='/tools.iso'/>");
        assertThat(ids(bound)).noneMatch(id -> id.startsWith("volume/")).anyMatch(id -> id.contains("agents-seed"));
    }

    @Test
    void aPoolNeedsTheFilesThatItsGuestsStartFrom() {
        var bound = sound("- pools: [{name: agents, image: {url: 'https://example.org/web.qcow2', sha256: %s}}]\n"
                .formatted("ab".repeat(32)));
        var pool = bound.resources().getLast();

        assertThat(FileKind.of(pool.kind()).files(pool.document()))
                .containsExactly("/var/lib/libvirt/images/paddock/web-abababababab.qcow2");
    }

    @Test
    void whatContradictsItselfIsToldWhereItStands() {
        assertThat(mistakes("""
                - %s
                  pools:
                    - {name: a, warm: 3, max: 2, reset: recreate}
                    - {name: b, lease: {default: 2h, longest: 1h}, reset: recreate}
                    - {name: c, max: 4, networks: lab, addresses: 192.168.50.64-192.168.50.65, reset: recreate}
                    - {name: d, on_empty: {wait: 1s, cold: 1m}, reset: recreate}
                    - {name: e, addresses: 192.168.50.64-192.168.50.65, reset: recreate}
                    - {name: f, warm: 1}
                    - {name: g, lease: soon, on_empty: never}
                    - {name: h, disks: [{size: 1 GiB, pool: fast}]}
                """.formatted(NETWORK)))
                .anyMatch(text -> text.contains("3:31") && text.contains("3 guests ready, and may have 2"))
                .anyMatch(text ->
                        text.contains("4:24") && text.contains("leased for 2h") && text.contains("for 1h at most"))
                .anyMatch(text -> text.contains("5:51") && text.contains("2 addresses for as many as 4 guests"))
                .anyMatch(text -> text.contains("6:27") && text.contains("either waits"))
                .anyMatch(text -> text.contains("7:28") && text.contains("no network"))
                .anyMatch(text -> text.contains("8:7") && text.contains("no disk that they write to"))
                .anyMatch(text -> text.contains("9:24") && text.contains("'soon'"))
                .anyMatch(text -> text.contains("9:40") && text.contains("'never'"))
                .anyMatch(text -> text.contains("10:25") && text.contains("and in no other"));
    }

    @Test
    void theAddressOfOneGuestIsNoneForAPool() {
        assertThat(mistakes("""
                - %s
                  templates: [{name: agent, reset: recreate, networks: {name: lab, address: 192.168.50.10}}]
                  pools:
                    - {name: a, template: agent}
                    - {name: b, reset: recreate, networks: [lab, {name: lab, address: 192.168.50.11}]}
                    - {name: c, reset: recreate, networks: {name: lab, mac: "52:54:00:00:00:01"}}
                """.formatted(NETWORK)))
                .anyMatch(text -> text.contains("2:77") && text.contains("An address is for one guest"))
                .anyMatch(text -> text.contains("5:71") && text.contains("first network alone"))
                .anyMatch(text -> text.contains("6:61") && text.contains("a MAC address of its own"));
    }

    @Test
    void whatAllGuestsWouldWriteToIsAMistake() {
        assertThat(mistakes("""
                - pools:
                    - {name: a, disks: [{size: 1 GiB}, {device: /dev/vg0/data}]}
                    - {name: b, disks: [{size: 1 GiB}], shares: [{source: /srv, target: srv}]}
                """))
                .anyMatch(text -> text.contains("2:7") && text.contains("the disk vdb"))
                .anyMatch(text -> text.contains("3:7") && text.contains("the share srv"));
        sound("""
                - pools:
                    - name: a
                      disks: [{size: 1 GiB}, {device: /dev/vg0/data, readonly: yes}]
                      shares: [{source: /srv, target: srv, readonly: yes}]
                """);
    }

    @Test
    void aDocumentOfOnesOwnHasToPromiseSomething() {
        var promise =
                "<pool:pool xmlns:pool=\"" + PoolSpec.SPACE + "\" warm=\"%s\" max=\"2\" lease=\"60\" longest=\"60\""
                        + " reset=\"recreate\" on_empty=\"fail\" patience=\"0\" starts=\"1\" %s/>";
        var document = "- pools: [{xml: '<domain><name>a</name><metadata>%s</metadata></domain>'}]\n";

        assertThat(mistakes(document.formatted("")))
                .anyMatch(text -> text.contains("1:11") && text.contains("does not say what the pool promises"));
        assertThat(mistakes(document.formatted(promise.formatted("many", ""))))
                .anyMatch(text -> text.contains("1:11") && text.contains("is not understood"));
        assertThat(mistakes(document.formatted(promise.formatted("1", "addresses=\"some\""))))
                .anyMatch(text -> text.contains("is not understood"));
        assertThat(mistakes(document.formatted(promise.formatted("3", ""))))
                .anyMatch(text -> text.contains("3 guests ready, and may have 2"));
        sound(document.formatted(promise.formatted("1", "")));
    }

    @Test
    void aGuestAndAPoolOfOneNameAreOneDomain() {
        assertThat(mistakes("""
                - vms: [{name: agents}]
                  pools: [{name: agents, reset: recreate}]
                """)).anyMatch(text -> text.contains("vm/agents") && text.contains("pool/agents"));
        sound("""
                - vms: [{name: agents, state: absent}]
                  pools: [{name: agents, reset: recreate}]
                """);
    }

    private static PoolSpec spec(String yaml) {
        return PoolSpec.of(document(sound(yaml), "pool/agents")).orElseThrow();
    }

    private static List<String> ids(BindResult bound) {
        return bound.resources().stream().map(each -> each.id().toString()).toList();
    }
}
