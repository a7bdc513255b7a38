package dev.paddock.reach.matrix;

import dev.paddock.api.net.MacAddress;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.reach.firewall.FirewallBackend;
import dev.paddock.reach.firewall.FirewallBuild;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks and filters for tests. */
final class FilterDocumentFiles {
    static final MacAddress MAC = MacAddress.of("52:54:00:70:00:02");

    /** The network that agents get to the internet by. */
    static final String NAT = "<network><name>agents</name><forward mode='nat'/>"
            + "<ip address='192.168.101.1' netmask='255.255.255.0'>"
            + "<dhcp><range start='192.168.101.10' end='192.168.101.254'/></dhcp></ip></network>";

    /** The agents' filter as it was first given. */
    static final String AS_GIVEN = """
            <filter name='as-given' chain='root'>
              <rule action='accept' direction='out'><udp dstportstart='53'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='80'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='443'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='22'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='9418'/></rule>
              <rule action='accept' direction='in'><all state='ESTABLISHED,RELATED'/></rule>
              <rule action='drop' direction='in' priority='1000'><all state='NEW'/></rule>
              <rule action='drop' direction='out' priority='1000'><all/></rule>
            </filter>""";

    private FilterDocumentFiles() {}

    static Element read(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException invalid) {
            throw new IllegalArgumentException(xml, invalid);
        }
    }

    static InterfaceContext setting(String network, String... filters) {
        return setting(network, Map.of(), filters);
    }

    /** Return the setting of an interface that names the first of the filters. */
    static InterfaceContext setting(String network, Map<String, List<String>> parameters, String... filters) {
        Map<String, FilterDefinition> all = new LinkedHashMap<>();
        Arrays.stream(filters)
                .map(FilterDocumentFiles::read)
                .map(FilterDefinition::of)
                .forEach(filter -> all.put(filter.name(), filter));
        return new InterfaceContext(
                PeerNetwork.of(read(network)),
                all.keySet().stream().findFirst(),
                parameters,
                MAC,
                Optional.empty(),
                false,
                all,
                FirewallBackend.USUAL);
    }

    static ReachMatrix matrix(InterfaceContext setting) {
        return switch (setting.settled()) {
            case FirewallBuild.Ready ready -> ReachMatrix.of(setting.scene(ready.firewall()), setting.traffic());
            case FirewallBuild.Learning learning ->
                throw new IllegalArgumentException("An address is to be learned twice.");
            case FirewallBuild.Refused refused -> throw new IllegalArgumentException(refused.reason());
        };
    }
}
