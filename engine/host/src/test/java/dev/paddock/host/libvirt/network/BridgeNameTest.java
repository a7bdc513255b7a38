package dev.paddock.host.libvirt.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BridgeNameTest {
    @Test
    void networkWithoutBridgeLeavesTheNameToLibvirt() {
        assertThat(BridgeName.isChosen(network("<network><name>a</name></network>")))
                .isTrue();
        assertThat(BridgeName.isChosen(network("<network><forward/><bridge stp='off'/></network>")))
                .isTrue();
        assertThat(BridgeName.isChosen(network("<network><bridge name='lan%d'/></network>")))
                .isTrue();
    }

    @Test
    void declaredBridgeIsKept() {
        assertThat(BridgeName.isChosen(network("<network><bridge name='lan'/></network>")))
                .isFalse();
    }

    @Test
    void networkOnDevicesOfTheHostHasNone() {
        assertThat(BridgeName.isChosen(network("<network><forward mode='passthrough' dev='eth0'/></network>")))
                .isFalse();
    }

    @Test
    void takenNamesAreNotChosen() {
        var document = network("<network><name>a</name><bridge stp='off'/></network>");
        var first = BridgeName.with(document, List.of(), new Random(1));
        var name = GuestInterfaces.ownBridge(first).orElseThrow();
        assertThat(name).matches("virbr\\d+");

        var second = BridgeName.with(document, List.of(name), new Random(1));
        assertThat(GuestInterfaces.ownBridge(second).orElseThrow())
                .matches("virbr\\d+")
                .isNotEqualTo(name);
        assertThat(XmlWriter.write(second)).contains("stp='off'");
    }

    @Test
    void patternIsFollowed() {
        var chosen = BridgeName.with(network("<network><bridge name='lan%d'/></network>"), List.of(), new Random(1));
        assertThat(GuestInterfaces.ownBridge(chosen).orElseThrow()).matches("lan\\d+");
    }

    private static Element network(String xml) {
        return NetworkUpdater.parsed(xml);
    }
}
