package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Program;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is imported of a host in use makes an empty host the same. */
@Timeout(240)
class HostMadeAnewIT {
    private static final String IN_USE = """
            - project: red
              networks: [{name: red, address: 10.81.0.1/24, dhcp: 10.81.0.10-10.81.0.99}]
              nwfilters:
                - {name: kept, protect: yes, rules: [{filterref: clean-traffic}]}
              storage: [{name: data, type: dir, target: {path: /var/lib/libvirt/images/data}}]
              volumes: [{name: a.qcow2, pool: data, format: qcow2, capacity: 64 MiB}]
              vms:
                - {name: red, memory: 64 MiB, networks: {name: red, address: 10.81.0.20, filter: kept}, state: stopped}
                - {name: made, memory: 64 MiB, disks: [{size: 32 MiB}], state: stopped}
            - project: blue
              networks: [{name: blue, address: 10.82.0.1/24, state: inactive}]
              nwfilters: [{name: own, rules: [{filterref: kept}]}]
            - nwfilters: [{name: plain, rules: [{action: drop, direction: in, arp: {}}]}]
            """;

    private static final List<String> BY_HAND = List.of("net-define", """
            <network><name>hand</name><forward mode='nat'/><ip address='10.83.0.1' netmask='255.255.255.0'/></network>
            """, "define", """
            <domain type='qemu'><name>dangling</name><memory unit='KiB'>65536</memory>
              <os><type arch='x86_64' machine='q35'>hvm</type></os>
              <devices><interface type='network'><source network='gone'/><filterref filter='gone-too'/></interface>
              </devices></domain>
            """, "define", """
            <domain type='qemu'><name>relative</name><memory unit='KiB'>65536</memory>
              <os><type arch='x86_64' machine='pc'>hvm</type></os>
              <devices><disk type='file'><source file='images/x.img'/><target dev='hda' bus='ide'/></disk>
              <graphics type='vnc'/></devices></domain>
            """);

    /** What the host decides, or differs by who defined an object. */
    private static final Set<String> OF_THE_HOST =
            Set.of("metadata", "allocation", "available", "capacity", "timestamps", "key");

    @TempDir
    Path folder;

    @Test
    void anEmptyHostBecomesTheSame() throws Exception {
        var shell = new Shell(new LibvirtConnector(), folder);
        var lost = Labs.uri("lost");
        shell.applied("-c", lost, shell.file("in-use.yaml", IN_USE));
        for (var i = 0; i < BY_HAND.size(); i += 2) {
            var file = folder.resolve("hand.xml");
            Files.writeString(file, BY_HAND.get(i + 1));
            var defined = Program.of("virsh", "-q", "-c", lost, BY_HAND.get(i), file.toString())
                    .run();
            assertThat(defined.isSuccess()).as(defined.explanation()).isTrue();
        }
        var imported = shell.path("imported.yaml");
        assertThat(shell.run("-c", lost, "import", "--out", imported).exitCode())
                .isZero();
        shell.inSync("-c", lost, imported);

        var fresh = Labs.uri("fresh");
        shell.applied("-c", fresh, imported);

        assertThat(documents(shell, fresh)).isEqualTo(documents(shell, lost));
    }

    private static Map<String, String> documents(Shell shell, String uri) throws XmlException {
        Map<String, String> documents = new TreeMap<>();
        for (JsonNode object : shell.run("-c", uri, "-o", "json", "show").json().at("/objects")) {
            var address = object.at("/address").asText();
            var document = stripped(XmlReader.read(object.at("/xml").asText()));
            // Each host gives its packaged filters UUIDs of its own, and the ledger names who made what by hand.
            if (!address.equals("nwfilter/paddock-ledger")) {
                documents.put(
                        address,
                        object.at("/active") + " " + object.at("/autostart") + " "
                                + (address.matches("nwfilter/(?!kept|own|plain).*")
                                        ? document.withoutChildren("uuid")
                                        : document));
            }
        }
        return documents;
    }

    private static Element stripped(Element element) {
        // A processor that libvirt chose is declared by its name alone.
        var kept = element.is("model") ? element.withoutAttribute("fallback") : element;
        return kept.withChildren(kept.children().stream()
                .filter(child -> !OF_THE_HOST.contains(child.name().local()))
                .map(HostMadeAnewIT::stripped)
                .toList());
    }
}
