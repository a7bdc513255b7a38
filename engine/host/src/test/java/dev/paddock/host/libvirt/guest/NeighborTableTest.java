package dev.paddock.host.libvirt.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.xml.XmlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The addresses of a VM in tables of many neighbors, drawn by chance. */
class NeighborTableTest {
    private static final List<String> KNOWN = List.of("REACHABLE", "STALE", "DELAY", "PROBE", "PERMANENT");
    private static final List<String> UNKNOWN = List.of("INCOMPLETE", "FAILED", "NOARP");

    @Test
    void aVmHasWhatItsOwnBridgeKnowsAndNothingElse() throws Exception {
        var random = new Random(10);
        for (var round = 0; round < 50; round++) {
            List<String> entries = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (var i = 0; i < 200; i++) {
                var bridge = random.nextBoolean() ? "virbr1" : "virbr2";
                var isOwn = random.nextInt(10) == 0;
                var mac = isOwn ? "52:54:00:AA:00:01" : "52:54:00:%02x:%02x:02".formatted(i, random.nextInt(256));
                var isKnown = random.nextInt(4) > 0;
                var state = any(isKnown ? KNOWN : UNKNOWN, random);
                var address = random.nextInt(4) == 0 ? "fd00::" + Integer.toHexString(i + 1) : "10.0.1." + i;
                entries.add("{\"dst\":\"%s\",\"dev\":\"%s\",\"lladdr\":\"%s\",\"state\":[\"%s\"]}"
                        .formatted(
                                address,
                                bridge,
                                random.nextBoolean() ? mac.toLowerCase(java.util.Locale.ROOT) : mac,
                                state));
                if (isOwn && isKnown && bridge.equals("virbr2")) {
                    expected.add(address);
                }
            }
            entries.add("{\"dst\":\"10.0.2.2\",\"dev\":\"virbr2\",\"state\":[\"FAILED\"]}");
            entries.add("{}");
            Collections.shuffle(entries, random);
            var table =
                    NeighborTable.parse("[" + String.join(",", entries) + "]").orElseThrow();

            assertThat(table.addresses(guest("virbr2")).stream().map(GuestAddress::address))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(table.addresses(guest("virbr3"))).isEmpty();
        }
    }

    @Test
    void theSourceAndTheInterfaceAreTold() throws Exception {
        var table = NeighborTable.parse(
                        "[{\"dst\":\"10.0.1.5\",\"dev\":\"virbr1\",\"lladdr\":\"52:54:00:aa:00:01\",\"state\":[\"DELAY\"]}]")
                .orElseThrow();
        assertThat(table.addresses(guest("virbr1")))
                .containsExactly(
                        new GuestAddress("vnet7", "52:54:00:aa:00:01", "10.0.1.5", 0, GuestAddress.Source.NEIGHBOR));
    }

    @Test
    void whatIsNoTableIsNone() {
        assertThat(NeighborTable.parse("")).isEmpty();
        assertThat(NeighborTable.parse("Option \"-j\" is unknown")).isEmpty();
        assertThat(NeighborTable.parse("{}")).isEmpty();
        assertThat(NeighborTable.parse("[]")).isPresent();
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static dev.paddock.api.xml.Element guest(String bridge) throws Exception {
        return XmlReader.read("""
                <domain><devices><interface type='network'><mac address='52:54:00:aa:00:01'/>
                <source network='lab' portid='x' bridge='%s'/><target dev='vnet7'/></interface></devices></domain>
                """.formatted(bridge));
    }
}
