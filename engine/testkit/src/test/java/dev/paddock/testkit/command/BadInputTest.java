package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostException;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated playbooks through the whole of plan, before a host that is in sync with the unharmed ones: always a plan or
 * mistakes with their places, never an exception, never a write.
 */
@Timeout(900)
class BadInputTest {
    private static final long SEED = 20_261_122L;
    private static final int ROUNDS = Integer.getInteger("paddock.rounds", 300);
    private static final Path HOME = Path.of(System.getProperty("paddock.home", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Pattern PLACE = Pattern.compile("(?m)^Error PD\\d+: .*\\R  \\S+:\\d+:\\d+$");
    private static final Pattern ERROR = Pattern.compile("(?m)^Error (PD\\d+)");

    private static final String RICH = """
            - name: Rich
              project: rich
              vars:
                subnet: 192.168.150
                nets: {red: 1, blue: 2}
                ports: &ports [80, 443]
                token: !secret hunter2hunter2
              networks:
                - name: net-${each.key}
                  for_each: ${nets}
                  bridge: {name: "br-${each.key}", stp: off, delay: 2}
                  forward: {mode: nat, nat: {ports: 1024-65535, addresses: 10.9.0.1-10.9.0.9}}
                  address: 10.5${each.value}.0.1/24
                  dhcp:
                    ranges: ["10.5${each.value}.0.10-10.5${each.value}.0.90"]
                    hosts: [{mac: "52:54:00:00:00:0${each.value}", name: web, ip: "10.5${each.value}.0.7"}]
                  domain: {name: example.com, localOnly: true}
                  dns: {txts: [{name: note, value: "a b"}], hosts: [{ip: 10.0.0.2, hostnames: [a, b]}]}
                  bandwidth: {inbound: {average: 1000, peak: 2000, burst: 5120}}
                  mtu: 1400
                  autostart: true
                  on_change: restart
                - name: six
                  ips: ["fd00::1/64", {address: 192.168.151.1, prefix: 24}]
                  routes: [{address: 10.200.0.0/16, gateway: 192.168.151.2, metric: 2}]
                  protect: true
                  when: subnet == "192.168.150"
                - name: raw
                  xml: |
                    <network><name>raw</name>
                      <ip address='${subnet}.1' prefix='24'/></network>
                - {name: open, forward: {mode: open}, address: 192.168.152.1/24, state: inactive, tags: [quiet]}
              nwfilters:
                - name: lower
                  chain: root
                  rules:
                    - {action: drop, direction: in, priority: 100, mac: {srcmacaddr: "52:54:00:00:00:00"}}
                    - {action: accept, direction: out, tcp: {dstport: "443", state: "NEW,ESTABLISHED"}}
                - name: upper
                  rules:
                    - filterref: {filter: lower, parameters: {IP: [10.0.0.1, 10.0.0.2]}}
                    - {action: accept, direction: inout, icmp: {type: 8}}
            """;

    /** What an attacker, or a cat on the keyboard, might write for a value. */
    private static final List<String> VALUES = List.of(
            "${\"freemarker.template.utility.Execute\"?new()(\"touch /tmp/paddock-pwned\")}",
            "${\"freemarker.template.utility.ObjectConstructor\"?new()(\"java.io.File\", \"/etc/passwd\")}",
            "<#include \"/etc/passwd\">${x}",
            "${.data_model}",
            "${.main}",
            "${subnet?eval}",
            "${subnet?interpret}",
            "${subnet?api.class}",
            "${subnet.class.forName('java.lang.Runtime')}",
            "${.vars['subnet']}",
            "${1..9999999999}",
            "${(1..100000000)?join(',')}",
            "${\"a\"?left_pad(2000000000)}",
            "${subnet?matches('(a+)+$')}",
            "${undefined}",
            "${",
            "${${subnet}}",
            "$" + "{token}",
            "{xml: {file: /etc/passwd}}",
            "{xml: {file: ../../../../etc/shadow}}",
            "\"<!DOCTYPE n [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><network><name>&x;</name></network>\"",
            "\"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'b'><!ENTITY c '&b;&b;&b;'>]><network>&c;</network>\"",
            "{name: x, xml: \"<!DOCTYPE n SYSTEM 'http://127.0.0.1:1/x.dtd'><network><name>x</name></network>\"}",
            "{name: x, xml: \"<network><name>x</name><name>y</name></network>\"}",
            "{name: x, xml: \"<domain><name>x</name></domain>\"}",
            "{name: x, xml: \"<network xmlns:x='\"}",
            "99999999999999999999999999999999999999",
            "-1",
            "0x7fffffffffffffff",
            "1e309",
            ".nan",
            "1_000",
            "0o17",
            "10.0.0.1/33",
            "fd00::/129",
            "10.0.0.300",
            "2001-12-14t21:59:43.10-05:00",
            "\"\"",
            "\"\\0\"",
            "\"\\uD800\"",
            "\"\\u202Etxt.exe\"",
            "\"\\uFFFF\"",
            "\"a\\nb\"",
            "\"\uD83D\uDC04\"",
            "e\u0301",
            "[]",
            "{}",
            "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
            "{a: {a: {a: {a: {a: {a: {a: 1}}}}}}}",
            "~",
            "yes",
            "!!binary aGVsbG8=",
            "!!java.net.URL [x]",
            "!secret s3cr3ts3cr3t",
            "*ports",
            "*nothing",
            "&loop [*loop]",
            "|",
            ">-",
            "? a",
            "local",
            "all,!local",
            "../hosts.yaml");

    @TempDir
    Path folder;

    private MemoryHost host = new MemoryHost();
    private Shell shell = new Shell(host, Path.of("."));
    private final Map<String, String> playbooks = new TreeMap<>();
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    @BeforeEach
    void inSync() throws IOException {
        shell = new Shell(host, folder);
        for (var name : List.of("playbooks", "networks")) {
            Files.createDirectory(folder.resolve(name));
            try (var files = Files.list(HOME.resolve(name))) {
                for (var file : files.sorted().toList()) {
                    playbooks.put(name + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        playbooks.put("playbooks/rich.yaml", RICH);
        assertThat(playbooks).hasSizeGreaterThan(5);
        playbooks.forEach(shell::file);
        defineLibvirtsOwn();
        for (var entry : List.of("playbooks/agent-networks.yaml", "playbooks/rich.yaml")) {
            shell.applied(shell.path(entry));
        }
    }

    /** What is expected of filters rests on those that libvirt itself brings, which refer to one another. */
    private void defineLibvirtsOwn() throws IOException {
        List<String> left = new ArrayList<>();
        try (var files = Files.list(Path.of("/etc/libvirt/nwfilter"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".xml")).toList()) {
                left.add(Files.readString(file));
            }
        }
        while (!left.isEmpty()) {
            var before = left.size();
            left.removeIf(this::isDefined);
            assertThat(left).hasSizeLessThan(before);
        }
    }

    private boolean isDefined(String filter) {
        var name = filter.replaceFirst("(?s).*?<filter name='([^']*)'.*", "$1");
        try (var writer = host.writer("")) {
            writer.perform(new Action.Define(new ResourceId("nwfilter", name), filter));
            return true;
        } catch (HostException refersToOneThatIsNotThereYet) {
            return false;
        }
    }

    @Test
    void mutatedPlaybooksArePlannedOrTold() {
        var writes = host.performed().size();
        var names = List.copyOf(playbooks.keySet());
        for (var round = 0; round < ROUNDS; round++) {
            var random = new Random(SEED + round);
            var name = random.nextBoolean() ? "playbooks/rich.yaml" : names.get(random.nextInt(names.size()));
            var mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
            var text = mutation.of(playbooks.getOrDefault(name, ""), random);
            shell.file(name, text);
            var entry = name.startsWith("networks/") ? "playbooks/agent-networks.yaml" : name;
            var plan = shell.run("plan", shell.path(entry), "--adopt", "--detailed-exitcode");
            check(plan, mutation, "seed " + (SEED + round) + ", " + mutation + " of " + name + ":\n" + text);
            assertThat(host.performed()).hasSize(writes);
            shell.file(name, playbooks.getOrDefault(name, ""));
        }
        assertThat(host.violations()).isEmpty();
        assertThat(Path.of("/tmp/paddock-pwned")).doesNotExist();
        print();
    }

    private void check(Shell.Result plan, Mutation mutation, String round) {
        var errors = ERROR.matcher(plan.messages())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(plan.exitCode()).as("%s%n%s", round, plan.all()).isIn(0, 1, 2);
        assertThat(plan.exitCode() == 1).as("%s%n%s", round, plan.all()).isEqualTo(!errors.isEmpty());
        assertThat(PLACE.matcher(plan.messages()).results().count())
                .as("errors with a place in %s%n%s", round, plan.all())
                .isEqualTo(errors.size());
        assertThat(plan.all())
                .as(round)
                .doesNotContain(
                        "hunter2hunter2", "s3cr3ts3cr3t", "Exception", "at dev.paddock", "FTL stack", "root:x:");
        var column = plan.exitCode() == 0 ? "in sync" : plan.exitCode() == 2 ? "changes" : "mistakes";
        counts.computeIfAbsent(mutation.name(), key -> new TreeMap<>()).merge(column, 1, Integer::sum);
        errors.stream().distinct().forEach(code -> counts.computeIfAbsent("~ told", key -> new TreeMap<>())
                .merge(code, 1, Integer::sum));
    }

    private void print() {
        var out = new StringBuilder("\n== Mutated playbooks through plan\n");
        var columns = List.of("in sync", "changes", "mistakes");
        out.append("%-14s %8s %8s %8s%n".formatted("mutation", "in sync", "changes", "mistakes"));
        var totals = new TreeMap<String, Integer>();
        counts.forEach((row, cells) -> {
            if (!row.startsWith("~")) {
                out.append("%-14s %8d %8d %8d%n"
                        .formatted(
                                row,
                                cells.getOrDefault("in sync", 0),
                                cells.getOrDefault("changes", 0),
                                cells.getOrDefault("mistakes", 0)));
                columns.forEach(column -> totals.merge(column, cells.getOrDefault(column, 0), Integer::sum));
            }
        });
        out.append("%-14s %8d %8d %8d%n"
                .formatted("all", totals.get("in sync"), totals.get("changes"), totals.get("mistakes")));
        out.append("codes told: ")
                .append(counts.getOrDefault("~ told", Map.of()))
                .append('\n');
        out.append("exceptions: 0, errors without a place: 0, writes: 0\n");
        System.out.print(out);
        System.out.flush();
    }

    /** A way to harm a text. */
    private enum Mutation {
        CHARACTER {
            private static final String ODD = "\t\0:-{}[]\"'&*!|>%@`#$<\r\u0085\u2028\uFEFF\u0001\u00A0,?~";

            @Override
            String of(String text, Random random) {
                var at = random.nextInt(text.length());
                var odd = ODD.charAt(random.nextInt(ODD.length()));
                return text.substring(0, at) + odd + text.substring(at + random.nextInt(2));
            }
        },
        CUT {
            @Override
            String of(String text, Random random) {
                var at = random.nextInt(text.length());
                return text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(40)));
            }
        },
        LINE_GONE {
            @Override
            String of(String text, Random random) {
                var lines = new ArrayList<>(text.lines().toList());
                lines.remove(random.nextInt(lines.size()));
                return String.join("\n", lines);
            }
        },
        LINE_AGAIN {
            @Override
            String of(String text, Random random) {
                var lines = new ArrayList<>(text.lines().toList());
                lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
                return String.join("\n", lines);
            }
        },
        INDENTATION {
            @Override
            String of(String text, Random random) {
                var lines = new ArrayList<>(text.lines().toList());
                var at = random.nextInt(lines.size());
                var line = lines.get(at);
                lines.set(
                        at,
                        random.nextBoolean()
                                ? " ".repeat(1 + random.nextInt(5)) + line
                                : line.replaceFirst("^ {1,3}", ""));
                return String.join("\n", lines);
            }
        },
        KEY {
            private static final List<String> KEYS = List.of(
                    "name",
                    "xml",
                    "template",
                    "state",
                    "uuid",
                    "when",
                    "for_each",
                    "include",
                    "protect",
                    "namee",
                    "hosts",
                    "rules",
                    "ips",
                    "<<",
                    "\"\"",
                    "1",
                    "[a]");
            private static final Pattern KEY = Pattern.compile("(?<=[\\s{,])([a-z_]+)(?=:)");

            @Override
            String of(String text, Random random) {
                return replaced(text, KEY, random, KEYS.get(random.nextInt(KEYS.size())));
            }
        },
        VALUE {
            private static final Pattern VALUE = Pattern.compile("(?<=: )([^\\s{}\\[\\],#]+)(?=[\\s,}])");

            @Override
            String of(String text, Random random) {
                return replaced(text, VALUE, random, VALUES.get(random.nextInt(VALUES.size())));
            }
        },
        SWAPPED {
            private static final Pattern WORD = Pattern.compile("(?<=[ \\[{])([\\w./:-]+)(?=[,\\]}\\n])");

            @Override
            String of(String text, Random random) {
                var words = WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toList());
                return replaced(text, WORD, random, words.isEmpty() ? "x" : words.get(random.nextInt(words.size())));
            }
        },
        NESTING {
            @Override
            String of(String text, Random random) {
                var depth = 10 + random.nextInt(5_000);
                var nest =
                        switch (random.nextInt(3)) {
                            case 0 -> "[".repeat(depth) + "]".repeat(depth);
                            case 1 -> "{a: ".repeat(depth) + "1" + "}".repeat(depth);
                            default -> "- ".repeat(depth);
                        };
                var at = text.indexOf("\n", random.nextInt(text.length()));
                return text.substring(0, Math.max(0, at)) + "\nvars: " + nest + text.substring(Math.max(0, at));
            }
        },
        ALIASES {
            @Override
            String of(String text, Random random) {
                var bomb = new StringBuilder("- vars:\n    a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
                for (var level = 1; level < 3 + random.nextInt(8); level++) {
                    bomb.append("    a")
                            .append(level)
                            .append(": &a")
                            .append(level)
                            .append(" [")
                            .append(("*a" + (level - 1) + ", ").repeat(9))
                            .append("]\n");
                }
                return bomb + text.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
            }
        },
        NUMBER {
            private static final List<String> NUMBERS = List.of(
                    "0",
                    "-1",
                    "65536",
                    "4294967296",
                    "18446744073709551616",
                    "1".repeat(400),
                    "1.5",
                    "0x10",
                    "010",
                    "1e3",
                    "\u0663");
            private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\b");

            @Override
            String of(String text, Random random) {
                return replaced(text, NUMBER, random, NUMBERS.get(random.nextInt(NUMBERS.size())));
            }
        };

        abstract String of(String text, Random random);

        static String replaced(String text, Pattern what, Random random, String with) {
            var found = what.matcher(text).results().toList();
            if (found.isEmpty()) {
                return with + text;
            }
            var at = found.get(random.nextInt(found.size()));
            return text.substring(0, at.start()) + with + text.substring(at.end());
        }
    }
}
