package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.fault.FaultyHost;
import dev.paddock.testkit.fault.SimulatedKill;
import dev.paddock.testkit.fault.WriteFault;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that can go wrong at each write of runs that create, update, adopt, replace, restart and remove. */
@Timeout(300)
class FaultTest {
    private static final String FIRST = """
            - nwfilters:
                - {name: base, rules: [{action: accept, direction: inout, arp: {}}]}
                - {name: top, rules: [{filterref: base}, {action: drop, direction: in, all: {}}]}
                - {name: old, rules: [{filterref: base}]}
                - {name: guarded, protect: true, rules: [{action: drop, direction: in, all: {}}]}
              networks:
                - {name: live, bridge: br-live, address: 10.1.0.1/24, dhcp: 10.1.0.10-10.1.0.20, autostart: true}
                - {name: restarts, bridge: br-restart, address: 10.2.0.1/24, mtu: 1400}
                - {name: replaced, bridge: br-replace, address: 10.3.0.1/24, autostart: true}
                - {name: idle, bridge: br-idle, address: 10.4.0.1/24, state: inactive}
                - {name: old, bridge: br-old, address: 10.5.0.1/24, autostart: true}
              pools:
                - {name: grows, type: qemu, reset: recreate}
                - {name: other, type: qemu, reset: recreate}
                - {name: old, type: qemu, reset: recreate}
            """;
    private static final String SECOND = """
            - project: default
              nwfilters:
                - {name: extra, rules: [{action: accept, direction: out, ip: {}}]}
                - {name: base, rules: [{action: drop, direction: inout, arp: {}}]}
                - {name: top, rules: [{filterref: base}, {filterref: extra}]}
                - {name: alien, rules: [{filterref: extra}]}
                - {name: guarded, rules: [{action: drop, direction: in, all: {}}]}
              networks:
                - name: live
                  bridge: br-live
                  address: 10.1.0.1/24
                  dhcp: {ranges: [10.1.0.10-10.1.0.30], hosts: [{mac: "52:54:00:00:00:01", ip: 10.1.0.15}]}
                  autostart: false
                - {name: restarts, bridge: br-restart, address: 10.2.0.1/24, mtu: 1300}
                - name: replaced
                  uuid: 0c7b6a5e-1111-4222-8333-444455556666
                  bridge: br-replace
                  address: 10.3.0.1/24
                - {name: idle, bridge: br-idle, address: 10.4.0.1/24, state: active, autostart: true}
                - {name: new, bridge: br-new, address: 10.6.0.1/24, autostart: true}
                - {name: strange, bridge: br-strange, address: 10.7.0.1/24}
              pools:
                - {name: grows, type: qemu, reset: recreate, warm: 2}
                - {name: other, type: qemu, reset: recreate, uuid: 0c7b6a5e-1111-4222-8333-444455557777}
            """;
    private static final List<String> OPTIONS = List.of("--prune", "--adopt", "--auto-approve");

    private static final Pattern FAILED = Pattern.compile("(?m)^(\\S+): failed after");
    private static final Pattern BEGUN = Pattern.compile("(?m)^\\S+: \\w+( and restarting)?\\.\\.\\.$");
    private static final Pattern DONE = Pattern.compile("(?m)^\\S+: \\w+ complete after");
    private static final Pattern SKIPPED = Pattern.compile("(?m)^(\\S+): skipped, as it needs");

    @TempDir
    Path folder;

    private MemoryHost prepared(Shell shell) {
        var host = new MemoryHost();
        shell.at(host).applied(shell.file("first.yaml", FIRST));
        try (var writer = host.writer("")) {
            writer.perform(new Action.Define(
                    new ResourceId("nwfilter", "alien"),
                    "<filter name='alien'><rule action='accept' direction='in'><arp/></rule></filter>"));
            writer.perform(new Action.Define(
                    new ResourceId("network", "strange"), "<network><name>strange</name><mtu size='1200'/></network>"));
        }
        host.attach("restarts", new NetworkAttachment("guest", "52:54:00:aa:00:01", "vnet0"));
        host.attach("replaced", new NetworkAttachment("guest", "52:54:00:aa:00:02", "vnet1"));
        return host;
    }

    private Shell.Result second(Shell shell) {
        return shell.run(Stream.concat(Stream.of("apply", shell.file("second.yaml", SECOND)), OPTIONS.stream())
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(WriteFault.class)
    void whateverGoesWrongTheNextApplyConverges(WriteFault fault) {
        var shell = new Shell(new MemoryHost(), folder);
        var untroubled = prepared(shell);
        assertThat(second(shell.at(untroubled)).exitCode()).isZero();
        var expected = names(untroubled);

        for (var write = 1; ; write++) {
            var host = prepared(shell);
            var before = states(host);
            var faulty = new FaultyHost(host, write, fault);
            var ended = end(shell.at(faulty), fault);
            if (!faulty.struck()) {
                assertThat(write).as("writes that were struck").isGreaterThan(25);
                return;
            }
            var at = fault + " at write " + write + ": " + ended;
            if (fault == WriteFault.REFUSE) {
                refused(host, before, at);
            }
            shell.at(host).applied(shell.file("second.yaml", SECOND), "--prune", "--adopt");
            assertThat(names(host)).as(at).isEqualTo(expected);
            assertThat(host.violations()).as(at).isEmpty();
        }
    }

    private String end(Shell shell, WriteFault fault) {
        switch (fault) {
            case REFUSE, LOSE_REQUEST, LOSE_REPLY -> {
                var run = second(shell);
                assertThat(run.exitCode()).as(run.all()).isIn(0, 1, 3);
                assertThat(run.exitCode() == 3).isEqualTo(run.messages().contains("PD3002"));
                assertThat(run.exitCode() == 1).isEqualTo(run.messages().contains("PD3004"));
                return run.all();
            }
            case KILL_BEFORE, KILL_AFTER -> {
                try {
                    return second(shell).all();
                } catch (SimulatedKill killed) {
                    return String.valueOf(killed.getMessage());
                }
            }
        }
        throw new AssertionError(fault);
    }

    @Test
    void aLostHostEndsTheRunAlsoForWhatWaitsForAThread() {
        var many = new StringBuilder("- networks:\n");
        for (var i = 0; i < 40; i++) {
            many.append("    - {name: n%d, state: inactive}%n".formatted(i));
        }
        var shell = new Shell(new FaultyHost(new MemoryHost(), 1, WriteFault.LOSE_REQUEST), folder);
        var run = shell.run("apply", shell.file("many.yaml", many.toString()), "--auto-approve");
        assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
        assertThat(FAILED.matcher(run.messages()).results()).as(run.all()).hasSizeLessThan(10);
    }

    /** One step failed, and is as it was; what needs it is named; all else is done. */
    private static void refused(MemoryHost host, Map<String, String> before, String run) {
        var failed = FAILED.matcher(run).results().map(found -> found.group(1)).toList();
        assertThat(failed).as(run).hasSize(1);
        var steps = BEGUN.matcher(run).results().count();
        var done = DONE.matcher(run).results().count();
        var skipped =
                SKIPPED.matcher(run).results().map(found -> found.group(1)).toList();
        assertThat(done).as(run).isEqualTo(steps - 1);
        skipped.forEach(address -> assertThat(run).contains(address + " was not touched: it needs "));
        assertThat(run).containsPattern("(Nothing of it was changed|was taken back|had been done before stays)\\.");
        if (!run.contains("had been done before stays.")) {
            var address = failed.getFirst();
            assertThat(states(host).get(address)).as(run).isEqualTo(before.get(address));
        }
        skipped.forEach(address -> assertThat(states(host).get(address)).as(run).isEqualTo(before.get(address)));
    }

    /** Return all that a person could see of each object. */
    private static Map<String, String> states(MemoryHost host) {
        Map<String, String> states = new TreeMap<>();
        for (var kind : List.of("network", "nwfilter", "pool")) {
            host.objects(kind).forEach((name, observed) -> states.put(kind + "/" + name, observed.toString()));
        }
        return states;
    }

    private static List<String> names(MemoryHost host) {
        return states(host).keySet().stream().toList();
    }
}
