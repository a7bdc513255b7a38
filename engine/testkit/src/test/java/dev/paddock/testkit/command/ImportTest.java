package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.machine.StockFilters;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} writes of a whole host makes another host the same. */
class ImportTest {
    private static final String TWO_PROJECTS = """
            - project: red
              networks: [{name: red, address: 10.1.0.1/24, dhcp: 10.1.0.10-10.1.0.99}]
              nwfilters:
                - {name: kept, protect: yes, rules: [{action: drop, direction: in, arp: {}}]}
              vms: [{name: red, networks: {name: red, address: 10.1.0.20, filter: kept}, state: stopped}]
            - project: blue
              networks: [{name: blue, address: 10.2.0.1/24}]
              nwfilters: [{name: own, rules: [{filterref: kept}]}]
            - nwfilters: [{name: plain, rules: [{action: drop, direction: in, arp: {}}]}]
            """;

    private static final String BY_HAND = """
            <network><name>hand</name><uuid>0c7b6a5e-1111-4222-8333-444455556666</uuid></network>
            """;

    private static final String DANGLING = """
            <domain type='qemu'><name>old</name><uuid>0c7b6a5e-2222-4222-8333-444455556666</uuid>
              <memory unit='KiB'>65536</memory><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
              <devices><interface type='network'><mac address='52:54:00:00:00:01'/><source network='gone'/>
              <filterref filter='gone-too'/></interface></devices></domain>
            """;

    @TempDir
    Path folder;

    private final MemoryHost lost = new MemoryHost();
    private Shell shell = new Shell(lost, Path.of("."));

    @BeforeEach
    void aHostInUse() {
        shell = new Shell(lost, folder);
        shell.applied(shell.file("a.yaml", TWO_PROJECTS));
        try (var writer = lost.writer("")) {
            writer.perform(new Action.Define(new ResourceId("network", "hand"), BY_HAND).withoutValidation());
            writer.perform(new Action.Define(new ResourceId("vm", "old"), DANGLING).withoutValidation());
        }
        packagedFilters(lost);
    }

    private static void packagedFilters(MemoryHost host) {
        try (var writer = host.writer("")) {
            for (var document : StockFilters.read()) {
                var name = document.replaceAll("(?s).*?<filter name='([^']+)'.*", "$1");
                writer.perform(new Action.Define(new ResourceId("nwfilter", name), document).withoutValidation());
            }
        }
    }

    @Test
    void theHostItselfPlansEmpty() {
        shell.inSync(shell.file("imported.yaml", shell.run("import").output()));
    }

    @Test
    void anEmptyHostBecomesTheSame() {
        var imported = shell.file("imported.yaml", shell.run("import").output());
        var fresh = new MemoryHost(7);
        packagedFilters(fresh);
        shell.at(fresh).applied(imported);
        for (var kind : List.of("network", "nwfilter", "vm")) {
            assertThat(documents(fresh, kind)).isEqualTo(documents(lost, kind));
        }
    }

    @Test
    void eachProjectHasAPlayOfItsOwnAndProtectionStays() {
        assertThat(shell.run("import").output())
                .contains("project: red", "project: blue", "protect: 'yes'")
                .doesNotContain("paddock-ledger");
    }

    @Test
    void filtersOfLibvirtsPackagesAreLeftOutUnlessTheyWereChangedOrNamed() {
        assumeThat(StockFilters.read()).isNotEmpty();
        assertThat(shell.run("import").output()).doesNotContain("no-mac-spoofing", "clean-traffic");
        assertThat(shell.run("import", "nwfilter/no-mac-spoofing").output()).contains("name: no-mac-spoofing");
        var uuid = ((Observed.Present) lost.objects("nwfilter").get("no-mac-spoofing")).uuid();
        try (var writer = lost.writer("")) {
            writer.perform(new Action.Define(
                            new ResourceId("nwfilter", "no-mac-spoofing"),
                            "<filter name='no-mac-spoofing'><uuid>" + uuid + "</uuid></filter>")
                    .withoutValidation());
        }
        assertThat(shell.run("import").output()).contains("name: no-mac-spoofing");
    }

    @Test
    void aStoppedVmThatRefersToNothingIsAWarningAndARunningOneAnError() {
        var imported = shell.run("import").output();
        var plan = shell.run("plan", shell.file("imported.yaml", imported));
        assertThat(plan.messages()).contains("Warning PD1401", "network/gone", "nwfilter/gone-too");
        assertThat(plan.exitCode()).isZero();
        var started =
                shell.run("plan", shell.file("started.yaml", "- vms: [{name: new, state: running, networks: gone}]"));
        assertThat(started.messages()).contains("Error PD1401");
    }

    /** Each host has its own UUIDs of packaged filters. */
    private static Map<String, String> documents(MemoryHost host, String kind) {
        var packaged = String.join("\n", StockFilters.read());
        return host.objects(kind).entrySet().stream()
                .filter(entry -> !packaged.contains("<filter name='" + entry.getKey() + "'"))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ((Observed.Present) entry.getValue())
                        .defined()
                        .withoutChildren("metadata")
                        .toString()));
    }
}
