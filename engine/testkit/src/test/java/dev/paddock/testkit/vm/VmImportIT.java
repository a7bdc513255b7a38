package dev.paddock.testkit.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.describe.Description;
import dev.paddock.core.load.YamlText;
import dev.paddock.testkit.lab.Labs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is imported of a guest plans empty, and is in words where these say all of it. */
class VmImportIT {
    private static final Pattern SECRET = Pattern.compile(" passwd=|<qemu:env");

    private static final ResourceId GUEST = new ResourceId("vm", "imported");

    private static Map<String, Object> imported(VmLab lab) {
        return new Description(lab.kind(), List.of(lab.kind()))
                .of(GUEST, lab.observed("imported").orElseThrow());
    }

    private static String playbook(Map<String, Object> item) {
        return YamlText.of(List.of(Map.of("vms", List.of(item))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    nothing said | memory: 64 MiB
                    processors and memory | "cpus: 2, memory: 1000 KiB, cpu: host-model, machine: pc"
                    images | "disks: [{file: /a.img, format: raw, cache: none, serial: one}, {target: vdc, file: /b.qcow2}, {media: cdrom, file: /c.iso}, {media: cdrom}]"
                    interfaces | "networks: [{name: default, key: lan, filter: {name: clean-traffic, parameters: {IP: 10.0.0.1}}}, {bridge: br0, model: e1000e, link: down, isolated: yes}]"
                    a kernel | "boot: {kernel: /vmlinuz, initrd: /initrd, cmdline: 'a=b c'}"
                    devices | "channels: [org.qemu.guest_agent.0], rng: no, graphics: {type: vnc, listen: 127.0.0.1}, ports: 5, shares: [{source: /srv, target: work, readonly: yes}]"
                    no serial console | serial: no
                    a serial console without a log | serial_log: no
                    what stands in metadata | "title: One, description: 'More of it', shutdown: {timeout: 5, force: true}, ready: {agent: yes, command: [a, 'b c'], timeout: 9}, metadata: \"\"<x:y xmlns:x='urn:x'>z</x:y>\"\""
                    """)
    void wordsComeBackAsWords(String what, String fields) {
        try (var lab = new VmLab(Labs.uri())) {
            var yaml = "- vms:\n    - {name: imported, state: stopped, type: qemu, %s}\n".formatted(fields);
            lab.provideNetwork("default");
            assertThat(lab.apply(yaml)).isEmpty();
            try {
                var item = imported(lab);
                assertThat(item).as(item.toString()).doesNotContainKey("xml");
                var plan = lab.plan(playbook(item));
                assertThat(plan.hasErrors()).as(VmLab.text(plan)).isFalse();
                assertThat(plan.isEmpty()).as(VmLab.text(plan)).isTrue();
            } finally {
                lab.destroy(yaml);
            }
        }
    }

    @Test
    void everyGuestOfTheCorpusIsImportedWhole() {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> violations = new ArrayList<>();
        try (var lab = new VmLab(Labs.uri())) {
            VmCorpus.documents(lab.kind(), "imported").forEach((file, document) -> {
                // An import leaves secrets out, so that what it yields would take them away.
                if (SECRET.matcher(XmlWriter.write(document)).find()) {
                    return;
                }
                lab.provide(document);
                var yaml = VmLab.playbook(document, Map.of("state", "stopped", "validate", "no"));
                if (lab.apply(yaml).isEmpty()) {
                    var item = imported(lab);
                    counts.merge(item.containsKey("xml") ? "as XML" : "in words", 1, Integer::sum);
                    item.put("validate", "no");
                    var plan = lab.plan(playbook(item));
                    if (plan.hasErrors() || !plan.isEmpty()) {
                        violations.add(file + ": " + VmLab.text(plan));
                    }
                }
                lab.destroy(yaml);
            });
        }
        System.getLogger("evidence").log(System.Logger.Level.INFO, "Imported: " + counts);
        assertThat(violations).isEmpty();
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(50);
    }
}
