package dev.paddock.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import freemarker.template.TemplateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void aNetworkIsSaidInAFewWords() throws TemplateException, XmlException {
        assertThat(rendered(Map.of(
                        "forward", Map.of("mode", "nat", "ports", "1024-65535"),
                        "address", "192.168.101.1/24",
                        "dhcp", "192.168.101.10-192.168.101.254")))
                .isEqualTo(Compared.of(Documents.network("""
                        <forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward>
                        <ip address='192.168.101.1' prefix='24'>
                          <dhcp><range start='192.168.101.10' end='192.168.101.254'/></dhcp>
                        </ip>""")));
    }

    @Test
    void anIsolatedNetworkMayBeSaidToHaveNoWayOut() throws TemplateException, XmlException {
        var spec = Map.<String, Object>of(
                "forward", Map.of("mode", "none"),
                "bridge", "virbr-isolated",
                "address", "192.168.100.1",
                "netmask", "255.255.255.0");

        assertThat(Rendered.network("n", Checked.model(spec)).child("forward")).isEmpty();
        assertThat(rendered(spec)).isEqualTo(Compared.of(Documents.network("""
                <forward mode='none'/><bridge name='virbr-isolated'/>
                <ip address='192.168.100.1' netmask='255.255.255.0'/>""")));
    }

    @Test
    void dhcpIsSaidInParts() throws TemplateException, XmlException {
        assertThat(rendered(Map.of(
                        "address",
                        "10.0.0.1/24",
                        "dhcp",
                        List.of(
                                "10.0.0.10-10.0.0.19",
                                Map.of("start", "10.0.0.30", "end", "10.0.0.39", "lease", "12h"),
                                Map.of("hosts", List.of(Map.of("name", "a", "ip", "10.0.0.2", "lease", "0")))))))
                .isEqualTo(Compared.of(Documents.network("""
                        <ip address='10.0.0.1' prefix='24'>
                          <dhcp>
                            <range start='10.0.0.10' end='10.0.0.19'/>
                            <range start='10.0.0.30' end='10.0.0.39'><lease expiry='12' unit='hours'/></range>
                            <host name='a' ip='10.0.0.2'><lease expiry='0'/></host>
                          </dhcp>
                        </ip>""")));
    }

    @Test
    void theFamilyOfAnIpv6AddressNeedsNoWord() throws TemplateException, XmlException {
        assertThat(rendered(Map.of("ips", List.of("2001:db8::1/64"))))
                .isEqualTo(Compared.of(Documents.network("<ip family='ipv6' address='2001:db8::1' prefix='64'/>")));
    }

    @Test
    void wordsOfNewerVersionsAreSaidAndDescribed() throws TemplateException, XmlException {
        var forwarder = "<dns><forwarder addr='10.0.0.9' port='5353'/></dns>";
        assertThat(rendered(Map.of("dns", Map.of("forwarders", List.of(Map.of("addr", "10.0.0.9", "port", "5353"))))))
                .isEqualTo(Compared.of(Documents.network(forwarder)));
        assertThat(NetworkDescription.of(Documents.network(forwarder)).toString())
                .contains("port=5353");

        var pool =
                "<forward mode='hostdev'><driver name='vfio' model='vfio_x' iommufd='yes'/><pf dev='eth0'/></forward>";
        var driver = Map.of("name", "vfio", "model", "vfio_x", "iommufd", "yes");
        assertThat(rendered(Map.of("forward", Map.of("mode", "hostdev", "driver", driver, "pf", "eth0"))))
                .isEqualTo(Compared.of(Documents.network(pool)));
        assertThat(rendered(Map.of("forward", Map.of("mode", "hostdev", "driver", "vfio", "pf", "eth0"))))
                .isEqualTo(Compared.of(Documents.network(pool.replace(" model='vfio_x' iommufd='yes'", ""))));
        assertThat(NetworkDescription.of(Documents.network(pool)).toString()).contains("model=vfio_x", "iommufd=yes");
    }

    @Test
    void valuesAreEscaped() throws TemplateException, XmlException {
        var text = "'/><evil a=\"&amp;\"/>";
        var network = Rendered.network(
                "n", Checked.model(Map.of("dns", Map.of("txts", List.of(Map.of("name", "a", "value", text))))));

        assertThat(network.child("dns").orElseThrow().child("txt").orElseThrow().attribute("value"))
                .contains(text);
    }

    @Test
    void aPrefixThatIsGivenTwiceStopsTheTemplate() {
        assertThatThrownBy(() -> Rendered.network("n", Map.of("address", "10.0.0.1/24", "netmask", "255.255.255.0")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("given more than once");
    }

    private static Element rendered(Map<String, Object> spec) throws TemplateException, XmlException {
        return Compared.of(Rendered.network("n", Checked.model(spec)));
    }
}
