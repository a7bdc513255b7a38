package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.XmlReading;
import dev.paddock.testkit.generate.Grammar;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Each word that the schema of the libvirt here has for networks, new ones included: added to a document, and taken away
 * again.
 */
class SchemaWordsIT {
    private static final Set<String> ADDITIONS = Set.of("add", "insert");

    /** All elements, and no more attributes than they need. */
    private static final List<String> DOCUMENTS = List.of("""
            <network>
              <name>words</name>
              <forward><nat><address start='203.0.113.1' end='203.0.113.9'/><port start='500' end='600'/></nat></forward>
              <bridge name='br-words'/>
              <mtu size='1400'/>
              <mac address='52:54:00:12:34:56'/>
              <domain name='lab.example.org'/>
              <dns>
                <forwarder addr='9.9.9.9'/>
                <txt name='t' value='one'/>
                <srv service='s' protocol='tcp'/>
                <host ip='10.66.0.8'><hostname>h</hostname></host>
              </dns>
              <bandwidth><inbound average='10'/><outbound average='10'/></bandwidth>
              <port/>
              <ip address='10.66.0.1' netmask='255.255.255.0'>
                <tftp root='/srv'/>
                <dhcp>
                  <range start='10.66.0.10' end='10.66.0.20'><lease expiry='5'/></range>
                  <host mac='52:54:00:11:22:33' ip='10.66.0.30'><lease expiry='5'/></host>
                  <bootp file='/boot'/>
                </dhcp>
              </ip>
              <route address='10.67.0.0' prefix='24' gateway='10.66.0.9'/>
              <portgroup name='p'><bandwidth><inbound average='10'/></bandwidth></portgroup>
            </network>
            """, """
            <network>
              <name>words</name>
              <forward mode='hostdev'><driver name='vfio'/><pf dev='eth9'/></forward>
              <vlan><tag id='7'/></vlan>
              <virtualport type='802.1Qbh'><parameters profileid='p'/></virtualport>
            </network>
            """, """
            <network>
              <name>words</name>
              <forward mode='bridge'/>
              <bridge name='br-host'/>
              <virtualport type='openvswitch'><parameters/></virtualport>
              <portgroup name='p'>
                <vlan><tag id='7'/></vlan><virtualport type='openvswitch'><parameters profileid='p'/></virtualport>
              </portgroup>
            </network>
            """);

    @Test
    void everyWordOfTheSchemaIsQuietAndSeen() throws Exception {
        var table = new Table("No blindness: each word of the schema of networks");
        var kind = Engine.kind("network");
        var grammar = Grammar.of(kind.libvirtSchema().orElseThrow(), kind.root());
        Crew.run(IntStream.range(0, DOCUMENTS.size())
                .mapToObj(index -> (Crew.Task) (engine, oracle) -> new Blindness(engine, oracle, grammar, table)
                        .look(
                                "network",
                                "document " + index,
                                new Item(kind, XmlReading.read(DOCUMENTS.get(index)), false),
                                new Random(index),
                                Integer.MAX_VALUE,
                                site -> ADDITIONS.contains(site.what())))
                .toList());
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("documents")).isEqualTo(DOCUMENTS.size());
        assertThat(table.total("mutations")).isGreaterThan(DOCUMENTS.size());
    }
}
