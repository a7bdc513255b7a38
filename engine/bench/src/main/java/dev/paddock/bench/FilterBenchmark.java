package dev.paddock.bench;

import dev.paddock.api.net.MacAddress;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.reach.firewall.FirewallBackend;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.Exchange;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.InterfaceContext;
import dev.paddock.reach.matrix.PeerNetwork;
import dev.paddock.reach.matrix.Peers;
import dev.paddock.reach.matrix.Traffic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the time, of the processor, of telling what a filter does to 1,000 packets: reading it, making the firewall of it, and judging;
 * the first time, as a command has it, and later, when all is compiled.
 */
public final class FilterBenchmark {
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    /** Of two packets each, there and back. */
    private static final int EXCHANGES = 500;

    private static final int ROUNDS = 31;
    private static final String NETWORK =
            "<network><name>n</name><forward mode='nat'/><ip address='10.5.0.1' prefix='24'/></network>";
    private static final String FILTER = """
            <filter name='f' chain='root'>
              <rule action='return' direction='out' priority='-600'><mac srcmacaddr='$MAC'/></rule>
              <rule action='accept' direction='out' priority='100'><udp dstipaddr='10.5.0.1' dstportstart='53'/></rule>
              <rule action='drop' direction='out' priority='200'><all dstipaddr='10.0.0.0' dstipmask='8'/></rule>
              <rule action='drop' direction='out' priority='200'><all dstipaddr='172.16.0.0' dstipmask='12'/></rule>
              <rule action='drop' direction='out' priority='200'><all dstipaddr='192.168.0.0' dstipmask='16'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='443'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='22'/></rule>
              <rule action='accept' direction='out'><tcp dstportstart='80'/></rule>
              <rule action='drop' direction='inout' priority='1000'><all/></rule>
              <rule action='drop' direction='inout' priority='1000'><all-ipv6/></rule>
            </filter>""";

    private FilterBenchmark() {}

    public static void main(String[] arguments) throws XmlException {
        List<Double> later = new ArrayList<>();
        for (var round = 0; round < ROUNDS; round++) {
            var start = PROCESSOR.getCurrentThreadCpuTime();
            var passed = round();
            var taken = (PROCESSOR.getCurrentThreadCpuTime() - start) / 1e6;
            if (passed == 0 || passed == EXCHANGES) {
                throw new IllegalStateException("Of the exchanges some are to pass, and not " + passed + ".");
            }
            if (round == 0) {
                System.out.println(String.format(Locale.ROOT, "first\t%.1f", taken));
            } else {
                later.add(taken);
            }
        }
        System.out.println(String.format(Locale.ROOT, "later\t%.1f", Median.of(later)));
    }

    private static int round() throws XmlException {
        var filter = FilterDefinition.of(XmlReader.read(FILTER));
        var setting = new InterfaceContext(
                PeerNetwork.of(XmlReader.read(NETWORK)),
                Optional.of(filter.name()),
                Map.of(),
                MacAddress.of("52:54:00:70:00:02"),
                Optional.empty(),
                false,
                Map.of(filter.name(), filter),
                FirewallBackend.USUAL);
        if (!(setting.build() instanceof FirewallBuild.Ready ready)) {
            throw new IllegalStateException("The filter is to be one that libvirt takes.");
        }
        var scene = setting.scene(ready.firewall());
        var passed = 0;
        var peers = Peers.of(scene.network(), scene.neighbor());
        for (var i = 0; i < EXCHANGES; i++) {
            var traffic = i % 3 == 0 ? new Traffic.Udp(i) : new Traffic.Tcp(i % 500);
            if (passes(scene, scene.outgoing(peers.get(i % peers.size()), traffic))) {
                passed++;
            }
        }
        return passed;
    }

    private static boolean passes(GuestScenario scene, Exchange exchange) {
        return scene.judge(exchange).request().passes();
    }
}
