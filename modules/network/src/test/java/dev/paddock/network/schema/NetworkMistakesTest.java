package dev.paddock.network.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.network.SchemaCheckedNetwork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkMistakesTest {
    @Test
    void aWholeNetworkHasNone() {
        assertThat(SchemaCheckedNetwork.mistakes(Map.of(
                        "forward", Map.of("mode", "nat", "ports", "1024-65535"),
                        "address", "192.168.101.1/24",
                        "dhcp", "192.168.101.10-192.168.101.254")))
                .isEmpty();
    }

    @Test
    void aRangeOutsideOfTheSubnetIsTold() {
        assertThat(SchemaCheckedNetwork.mistakes(Map.of("address", "10.0.0.1/24", "dhcp", "10.0.0.10-10.0.1.20")))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.detail()).contains("10.0.1.20"));
    }

    @Test
    void aPrefixIsGivenOnce() {
        assertThat(codes(Map.of("address", "10.0.0.1/24", "netmask", "255.255.255.0")))
                .containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void dhcpTakesAnAddress() {
        assertThat(codes(Map.of("dhcp", "10.0.0.10-10.0.0.20"))).containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void translationTakesAnAddress() {
        assertThat(codes(Map.of("forward", "nat"))).containsExactly(Code.MISSING_KEY);
    }

    @Test
    void portsTakeTranslation() {
        assertThat(codes(Map.of("forward", Map.of("mode", "route", "ports", "1024-65535"), "address", "10.0.0.1/24")))
                .containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void dhcpIsServedOnOneAddressOfAFamily() {
        assertThat(codes(Map.of(
                        "ips",
                        List.of(
                                Map.of("address", "10.0.0.1/24", "dhcp", "10.0.0.2-10.0.0.9"),
                                Map.of("address", "10.0.1.1/24", "dhcp", "10.0.1.2-10.0.1.9"),
                                Map.of("address", "2001:db8::1/64", "dhcp", "2001:db8::2-2001:db8::9")))))
                .containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void aHostIsKnownBySomething() {
        assertThat(codes(Map.of("address", "10.0.0.1/24", "dhcp", Map.of("hosts", List.of(Map.of("ip", "10.0.0.2"))))))
                .containsExactly(Code.MISSING_KEY);
    }

    private static List<Code> codes(Map<String, Object> spec) {
        return SchemaCheckedNetwork.mistakes(spec).stream()
                .map(Diagnostic::code)
                .toList();
    }
}
