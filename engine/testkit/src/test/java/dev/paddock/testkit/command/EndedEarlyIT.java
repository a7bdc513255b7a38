package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are killed or interrupted, and a libvirtd that is, at any moment of an apply of many. */
@Timeout(300)
class EndedEarlyIT {
    private static final int MANY = 8;
    private static final int ROUNDS = 20;
    private static final long SEED = 20_261_122L;
    private static final Lab LAB = Labs.lab("mortal");
    private static final String BEGUN = "...";
    private static final Pattern LEFT_OVER = Pattern.compile("`(ip link delete br-n\\d+|pkill -F \\S+\\.pid)`");
    private static final Pattern NAME = Pattern.compile("\\{name: (\\w+)");

    /** The names of what libvirt has, apart from its stock filters. */
    private static final String OBJECTS = """
            virsh net-list --all --name
            virsh nwfilter-list | sed -n 's/^ [^ ]* *\\([fn][0-9]*\\)$/\\1/p'
            """;

    /** The names of the networks that bridges and dnsmasq's processes are of. */
    private static final String PARTS = """
            ls /sys/class/net | sed -n 's/^br-//p'
            pgrep -af dnsmasq | sed -n 's/.*\\/\\(n[0-9]*\\)\\.conf .*/\\1/p'
            """;

    @TempDir
    static Path folder;

    private static Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private static String uri = "";

    @BeforeAll
    static void start() throws Exception {
        shell = new Shell(new LibvirtConnector(), folder);
        uri = LAB.start().uri();
    }

    @AfterAll
    static void stop() throws Exception {
        LAB.stop();
    }

    /** Two states that differ in everything that can differ: made, updated live, restarted, removed. */
    private static String text(int state) {
        var text = new StringBuilder("- project: many\n  nwfilters:\n");
        for (var i = 0; i < MANY; i++) {
            if (i % 5 != state) {
                var reference = i % 3 == 0 || (i - 1) % 5 == state ? "" : "{filterref: f" + (i - 1) + "}, ";
                text.append("    - {name: f%d, rules: [%s{action: accept, direction: in, tcp: {dstport: %d}}]}%n"
                        .formatted(i, reference, 1000 + i * 2 + state));
            }
        }
        text.append("  networks:\n");
        for (var i = 0; i < MANY; i++) {
            if (i % 3 != state) {
                text.append("    - {name: n%d, bridge: br-n%d, address: 10.%d.0.1/24, dhcp: 10.%d.0.10-10.%d.0.%d, "
                        .formatted(i, i, 100 + i, 100 + i, 100 + i, 90 + (i % 6 == 2 ? state : 0)));
                text.append("mtu: %d, autostart: %s}%n"
                        .formatted(i % 6 == 5 ? 1400 + state : 1300, i % 2 == state ? "yes" : "no"));
            }
        }
        return text.toString();
    }

    private static String playbook(int state) {
        return shell.file("many" + state + ".yaml", text(state));
    }

    private static Paddock apply(String file) {
        return Paddock.start(folder, "-c", uri, "apply", file, "--prune", "--auto-approve");
    }

    /** Apply to the end, and see that libvirt has what is declared, once, and nothing else. */
    private static void converges(int state, String after) throws Exception {
        var file = playbook(state);
        var again = shell.run("-c", uri, "apply", file, "--prune", "--auto-approve");
        assertThat(again.exitCode()).as(again.all() + "\nAfter: " + after).isZero();
        var plan = shell.run("-c", uri, "plan", file, "--prune", "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all() + "\nAfter: " + after).isZero();
        assertThat(names(OBJECTS)).as(after).containsExactlyInAnyOrderElementsOf(declared(state));
    }

    /** And that each network has its one bridge and the two processes of its dnsmasq, and nothing else is left. */
    private static void convergesInAllParts(int state, String after) throws Exception {
        converges(state, after);
        var networks = declared(state).stream().filter(name -> name.startsWith("n"));
        assertThat(names(PARTS))
                .as(after)
                .containsExactlyInAnyOrderElementsOf(
                        networks.flatMap(name -> Stream.of(name, name, name)).toList());
    }

    private static List<String> declared(int state) {
        return NAME.matcher(text(state)).results().map(found -> found.group(1)).toList();
    }

    private static List<String> names(String script) throws Exception {
        var outcome = LAB.capture(List.of("sh", "-c", script));
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return ((ProcessResult.Ended) outcome)
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static long done(Shell.Result ended) {
        return ended.messages()
                .lines()
                .filter(line -> line.contains("complete after"))
                .count();
    }

    @Test
    void killedAtAnyMomentTheNextApplyConverges() throws Exception {
        converges(1, "before");
        var killed = 0;
        var moments = new TreeSet<Long>();
        var table = new ArrayList<String>(List.of("", "== Killed in the middle of an apply"));
        var random = new Random(SEED);
        for (var round = 0; round < ROUNDS; round++) {
            var state = round % 2;
            var moment = random.nextInt(15);
            try (var paddock = apply(playbook(state))) {
                var reached = paddock.awaits(BEGUN, moment);
                Thread.sleep(random.nextInt(60));
                paddock.kill();
                var ended = paddock.end();
                killed += ended.exitCode() == 137 ? 1 : 0;
                moments.add(done(ended));
                table.add("round %2d: %s when %2d had begun and %2d were done"
                        .formatted(round + 1, reached ? "killed" : "ended", moment, done(ended)));
                convergesInAllParts(state, "round " + round + ": " + ended.all());
            }
        }
        table.add("killed: " + killed + ", converged: " + ROUNDS);
        table.forEach(System.out::println);
        assertThat(killed).isGreaterThan(ROUNDS / 2);
        assertThat(moments).hasSizeGreaterThan(ROUNDS / 4);
    }

    /** A libvirtd that is killed may leave bridges and dnsmasqs behind; who is told of them does as told. */
    private static void withoutLeftOvers(String file) throws Exception {
        for (var left = 2; left > 0; left--) {
            var apply = shell.run("-c", uri, "apply", file, "--prune", "--auto-approve");
            if (apply.exitCode() == 0) {
                return;
            }
            var told = LEFT_OVER
                    .matcher(apply.messages())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(told).as(apply.all()).isNotEmpty();
            for (var command : told) {
                assertThat(LAB.capture(List.of(command.split(" "))).isSuccess())
                        .as(command)
                        .isTrue();
            }
        }
    }

    @Test
    void anInterruptFinishesWhatBeganAndTellsWhatDidNot() throws Exception {
        converges(0, "before");
        try (var paddock = apply(playbook(1))) {
            assertThat(paddock.awaits(BEGUN, 5)).isTrue();
            paddock.interrupt();
            var ended = paddock.end();
            assertThat(ended.exitCode()).as(ended.all()).isEqualTo(130);
            assertThat(ended.messages())
                    .contains(
                            "Interrupted: finishing what has begun.",
                            "not begun",
                            "The run ended before these were begun: ")
                    .doesNotContain("failed after");
            var begun = ended.messages()
                    .lines()
                    .filter(line -> line.endsWith(BEGUN))
                    .count();
            assertThat(begun).isLessThan(10);
            assertThat(done(ended)).isEqualTo(begun);
            assertThat(ended.output()).contains("Apply incomplete.");
            convergesInAllParts(1, ended.all());
        }
    }

    /** A libvirtd that is killed leaves its bridge with its address, or without. */
    @ParameterizedTest
    @ValueSource(strings = {"", "ip address add 10.99.0.1/24 dev br-n99; ip link set br-n99 up"})
    void aBridgeThatWasLeftBehindIsTold(String more) throws Exception {
        var file = shell.file("left.yaml", "- networks: [{name: left, bridge: br-n99, address: 10.99.0.1/24}]");
        names("ip link add br-n99 type bridge; " + more);
        var refused = shell.run("-c", uri, "apply", file, "--auto-approve");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.messages()).contains("PD3004", "`ip link delete br-n99`");
        names("ip link delete br-n99");
        shell.applied("-c", uri, file);
        assertThat(shell.run("-c", uri, "destroy", file, "--auto-approve").exitCode())
                .isZero();
    }

    /** Kill libvirtd in the middle of an apply, which has to tell of it, and return all that it told. */
    private static String withLibvirtdKilled(String file, int moment) throws Exception {
        try (var paddock = apply(file)) {
            assertThat(paddock.awaits(BEGUN, moment)).isTrue();
            LAB.capture(List.of("sh", "-c", "kill -9 $(pidof libvirtd)"));
            var ended = paddock.end();
            assertThat(ended.exitCode()).as(ended.all()).isEqualTo(3);
            assertThat(ended.messages()).contains("PD3002").doesNotContain("Exception", "dev.paddock", "This is a bug");
            // Its first process starts libvirtd anew, and this waits until it answers.
            LAB.start();
            return ended.all();
        }
    }

    @Test
    void aLibvirtdThatDiesIsToldAndTheNextApplyConverges() throws Exception {
        for (var moment = 3; moment <= 9; moment += 3) {
            converges(1, "before");
            var told = withLibvirtdKilled(playbook(0), moment);
            withoutLeftOvers(playbook(0));
            converges(0, told);
            // What libvirtd left behind of networks it was just stopping is not libvirt's any more.
            LAB.stop();
            LAB.start();
        }
    }

    /** Guests whose firmware finds nothing to boot, which run all the same. */
    private static String guests(int state) {
        var text = new StringBuilder("- project: guests\n  vms:\n");
        for (var i = 0; i < MANY; i++) {
            if (i % 5 != state) {
                text.append("    - {name: g%d, type: qemu, memory: %d MiB, state: %s, autostart: %s, "
                        .formatted(
                                i,
                                32 + 8 * (i % 4 == 1 ? state : 0),
                                i % 3 == state ? "running" : "stopped",
                                i % 2 == 0));
                text.append("shutdown: {timeout: 1, force: true}}\n");
            }
        }
        return shell.file("guests" + state + ".yaml", text.toString());
    }

    private static void guestsConverge(int state, String after) {
        var again = shell.run("-c", uri, "apply", guests(state), "--prune", "--auto-approve");
        assertThat(again.exitCode()).as(again.all() + "\nAfter: " + after).isZero();
        var plan = shell.run("-c", uri, "plan", guests(state), "--prune", "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all() + "\nAfter: " + after).isZero();
    }

    @Test
    void aLibvirtdThatDiesWhileGuestsAreMadeIsToldAndTheNextApplyConverges() throws Exception {
        for (var moment = 2; moment <= 6; moment += 2) {
            guestsConverge(1, "before");
            var told = withLibvirtdKilled(guests(0), moment);
            guestsConverge(0, told);
        }
        var destroyed = shell.run("-c", uri, "destroy", guests(0), "--auto-approve");
        assertThat(destroyed.exitCode()).as(destroyed.all()).isZero();
    }
}
