package dev.paddock.network.compare;

import static dev.paddock.network.NetworkDocumentFiles.network;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkDefinitionTest {
    private static final Element ON_HOSTS_BRIDGE = network("<forward mode='bridge'/><bridge name='br0'/>");
    private static final Element NAT = network("<forward mode='nat'/><ip address='10.0.0.1' prefix='24'/>");

    @Test
    void theHostsBridgeIsNotTakenForABridgeOfTheNetworksOwn() {
        var merged = NAT.plus(Element.of("bridge").withAttribute("name", "br0"));

        assertThat(bridge(NetworkDefinition.fitting(merged, NAT, ON_HOSTS_BRIDGE)))
                .isEmpty();
    }

    @Test
    void aBridgeThatIsAskedForIsTaken() {
        var declared = NAT.plus(Element.of("bridge").withAttribute("name", "br0"));

        assertThat(bridge(NetworkDefinition.fitting(declared, declared, ON_HOSTS_BRIDGE)))
                .contains("br0");
    }

    @Test
    void aNameThatLibvirtChoseIsKept() {
        var observed = NAT.plus(Element.of("bridge").withAttribute("name", "virbr0"));

        assertThat(bridge(NetworkDefinition.fitting(observed, NAT, observed))).contains("virbr0");
    }

    private static Optional<String> bridge(Element network) {
        return network.child("bridge").flatMap(bridge -> bridge.attribute("name"));
    }
}
