package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values tagged !secret are written to libvirt, and nowhere else. */
@Timeout(60)
class SecretsTest {
    private static final List<String> FORMS = List.of(
            "hunter2",
            "HUNTER2",
            "s3cr3t",
            "52:54:00:de:ad:01",
            "52:54:00:DE:AD:01",
            "first line of it",
            "second line of it");
    private static final String PLAYBOOK = """
            - vars:
                token: !secret hunter2<&'">\\
                code: !secret s3cr3t
                mac: !secret 52:54:00:DE:AD:01
                pem: !secret |
                  first line of it
                  second line of it
              networks:
                - name: agents
                  address: 192.168.101.1/24
                  domain: ${code}.example.com
                  dhcp: {hosts: [{mac: "${mac}", ip: 192.168.101.7, name: "${code}"}]}
                  dns: {txts: [{name: "note-${code}", value: "${token}"}]}
                  metadata: |
                    <my:note xmlns:my='urn:my'>${pem}</my:note>
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell.Result quiet(Shell.Result result) {
        assertThat(result.all()).doesNotContain(FORMS);
        return result;
    }

    @Test
    void plansAndAppliesDoNotTellThem() throws IOException {
        var shell = new Shell(host, folder);
        var file = shell.file("a.yaml", PLAYBOOK);
        assertThat(quiet(shell.run("plan", file)).output()).contains("(sensitive value)");
        quiet(shell.run("-o", "json", "plan", file)).json();
        quiet(shell.run("plan", file, "--out", shell.path("a.plan")));
        assertThat(Files.readString(Path.of(shell.path("a.plan")))).doesNotContain(FORMS);
        var apply = quiet(shell.run("apply", shell.path("a.plan")));
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(host.objects("network").toString()).contains("hunter2", "s3cr3t");

        var changed =
                shell.file("a.yaml", PLAYBOOK.replace("hunter2", "hunter2-new").replace("DE:AD:01", "DE:AD:02"));
        assertThat(quiet(shell.run("plan", changed)).output()).contains("(sensitive value)");
        quiet(shell.run("-o", "json", "apply", changed, "--auto-approve")).json();
    }

    /** Expressions over the secret in {@code x}, and texts that only they make. */
    private static final Map<String, List<String>> COMPUTED = Map.ofEntries(
            Map.entry("${x?replace('-', '_')}", List.of("hunter_two_7")),
            Map.entry("${x} or ${x?replace('-', '_')}", List.of("hunter-two-7", "hunter_two_7")),
            Map.entry("${x?upper_case?replace('-', '')}", List.of("HUNTERTWO7")),
            Map.entry("${x?split('-')?join('/')}", List.of("hunter/two/7")),
            Map.entry("a${x?keep_before('t')}z", List.of("ahunz")),
            Map.entry("<#assign y = x?replace('-', '_')>${y}", List.of("hunter_two_7")),
            Map.entry("<#assign y>${x?replace('-', '_')}</#assign>k${y}", List.of("hunter_two_7")),
            Map.entry("<#list x?split('-') as part>q${part}q</#list>", List.of("qhunterq", "qtwoq", "q7q")),
            Map.entry("<#macro m t>m${t?replace('-', '+')}</#macro><@m x/>", List.of("hunter+two+7")),
            Map.entry("<#macro m t>m${t}</#macro><@m x?replace('-', '+')/>", List.of("hunter+two+7")),
            Map.entry("<#function f t><#return t?replace('-', '*')></#function>${f(x)}", List.of("hunter*two*7")),
            Map.entry("${list[0]?replace('-', '_')}", List.of("hunter_two_7")),
            Map.entry("${map?values?join(',')?replace('-', '_')}", List.of("hunter_two_7")),
            Map.entry("${(x + '<&>')?replace('-', '_')}", List.of("hunter_two_7")));

    /** Wherever an expression can be: in a field, a variable, a text beside the secret, raw XML, and an own template. */
    @Test
    void whatIsComputedFromThemIsNotTold() {
        var shell = new Shell(host, folder);
        var start = """
                - vars:
                    x: !secret hunter-two-7
                    list: [!secret hunter-two-7]
                    map: {a: !secret hunter-two-7}
                """;
        COMPUTED.forEach((expression, forms) -> {
            var quoted = expression.replace("'", "''");
            shell.file(
                    "own.ftlx",
                    "<network><name>${name}</name><dns><txt name='t' value='" + expression.replace("'", "\"")
                            + "'/></dns></network>");
            for (var declared : List.of(
                    "  networks: [{name: a, dns: {txts: [{name: t, value: '" + quoted + "'}]}}]",
                    "    v: '" + quoted + "'\n  networks: [{name: a, dns: {txts: [{name: t, value: '${v}'}]}}]",
                    "    v: '" + quoted + "'\n  networks: [{name: a, dns: {txts: [{name: t, value: 'v ${v}'}]}}]",
                    "  networks: [{name: a, template: own.ftlx}]",
                    "  networks: [{name: a, xml: '<network><name>a</name><dns><txt name=\"t\" value=\"" + quoted
                            + "\"/></dns></network>'}]")) {
                var file = shell.file("a.yaml", start + declared + "\n");
                var plan = shell.run("plan", file, "--out", shell.path("a.plan"));
                assertThat(plan.exitCode()).as(declared + plan.all()).isZero();
                assertThat(plan.all())
                        .as(declared)
                        .contains("(sensitive value)")
                        .doesNotContain(forms);
                assertThat(shell.run("-o", "json", "plan", file).all())
                        .as(declared)
                        .doesNotContain(forms);
                assertThat(Path.of(shell.path("a.plan"))).content().as(declared).doesNotContain(forms);
            }
        });
    }

    @Test
    void whatIsNotComputedFromThemIsTold() {
        var shell = new Shell(host, folder);
        shell.file(
                "own.ftlx",
                "<network><name>${name}</name><dns><#list words as w><txt name='${w}' value='${x}'/></#list>"
                        + "<#if x != 'no'><txt name='plain' value='${after}'/></#if></dns></network>");
        var plan = shell.run("plan", shell.file("a.yaml", """
                        - vars: {x: !secret hunter-two-7, after: shown-after, words: [one-word, two-word]}
                          networks: [{name: a, template: own.ftlx}]
                        """));
        assertThat(plan.output()).contains("shown-after", "one-word", "two-word", "(sensitive value)");
    }

    @Test
    void aSavedPlanHoldsNoDocument() {
        var shell = new Shell(host, folder);
        var file = shell.file("a.yaml", "- networks: [{name: a, domain: first.example}]\n");
        shell.run("plan", file, "--out", shell.path("a.plan"));
        assertThat(Path.of(shell.path("a.plan")))
                .content()
                .contains("network/a")
                .doesNotContain("first.example", "<");
        shell.run("apply", shell.path("a.plan"));
        shell.file("a.yaml", "- networks: [{name: a, domain: second.example}]\n");
        shell.run("plan", file, "--out", shell.path("a.plan"));
        assertThat(Path.of(shell.path("a.plan")))
                .content()
                .contains("domain/@name")
                .doesNotContain("first.example", "second.example");
    }

    @Test
    void namesMadeOfThemAreNotAskedFor() {
        var asked = new ArrayList<String>();
        host.resolve(name -> {
            asked.add(name);
            return new NameResolver.Answer.Unknown();
        });
        var shell = new Shell(host, folder);
        for (var name : List.of(
                "${x}.example.com", "${x?replace('-', '.')}.example.com", "${x?keep_before('-')[0..2]}.example")) {
            var plan = shell.run(
                    "plan",
                    shell.file(
                            "a.yaml",
                            "- vars: {x: !secret hunter-two-7}\n"
                                    + "  nwfilters: [{name: a, rules: [{action: drop, direction: out, tcp: {dstipaddr: \""
                                    + name + "\"}}]}]\n"));
            assertThat(plan.messages()).as(name).contains("PD1205").doesNotContain("hunter", "'hun");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void mistakesDoNotTellThem() {
        var shell = new Shell(host, folder);
        for (var wrong : List.of(
                "- networks: [{name: a, address: !secret hunter2}]",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, address: \"${x}\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, address: \"10.0.0.1/${x}\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, mtu: \"${x?number}\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, address: 10.0.0.1/24, on_change: \"${x}\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: \"a ${x}\", xml: \"<network>${x}<\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, xml: \"<network><name>a</name><${x}/></network>\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, xml: \"<network><name>a</name><mtu size='${x}'/></network>\"}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, xml: \"<network><name>${x}</name></network>\"}]}",
                "- {vars: {x: !secret hunter2}, nwfilters: [{name: a, rules: [{filterref: \"${x}\"}]}]}",
                "- {vars: {x: !secret hunter2}, include: \"${x}.yaml\"}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, xml: {file: \"${x}\"}}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, \"${x}\": 1}]}",
                "- {vars: {x: !secret hunter2}, networks: [{name: a, when: \"${x}\"}]}",
                "- {vars: {x: !secret hunter2}, hosts: \"${x}\", networks: []}")) {
            for (var command : List.of("plan", "validate")) {
                var run = shell.run(command, shell.file("a.yaml", wrong));
                quiet(run);
                quiet(shell.run("-o", "json", command, shell.path("a.yaml"))).json();
                if (command.equals("plan")) {
                    assertThat(run.exitCode()).as(wrong + run.all()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void libvirtsRefusalsDoNotTellThem() {
        var shell = new Shell(new Talkative(host), folder);
        var apply = quiet(shell.run("apply", shell.file("a.yaml", PLAYBOOK), "--auto-approve"));
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages()).contains("PD3004", "(sensitive value)");
        quiet(shell.run("-o", "json", "apply", shell.path("a.yaml"), "--auto-approve"))
                .json();
    }

    @Test
    void aPlanThatWouldHoldThemIsNotSaved() {
        var shell = new Shell(host, folder);
        var file = shell.file("a.yaml", "- networks: [{name: a, domain: !secret \"${name}\"}]\n");
        var refused = shell.run("plan", file, "-e", "name=hunter2.example", "--out", shell.path("a.plan"));
        assertThat(refused.exitCode()).isEqualTo(64);
        quiet(refused);
        assertThat(Path.of(shell.path("a.plan"))).doesNotExist();
        var vars = shell.file("vars.yaml", "name: hunter2.example\n");
        assertThat(shell.run("plan", file, "-e", "@" + vars, "--out", shell.path("a.plan"))
                        .exitCode())
                .isZero();
        assertThat(shell.run("apply", shell.path("a.plan")).exitCode()).isZero();
    }

    @Test
    void aSecretThatIsAWordOfTheReportLeavesItReadable() {
        var shell = new Shell(host, folder);
        for (var word : List.of("true", "1", "name", "update", "0", "\"", "\\\\")) {
            var file = shell.file(
                    "a.yaml",
                    "- {vars: {x: !secret '" + word
                            + "'}, networks: [{name: a, dns: {txts: [{name: t, value: \"v${x}\"}]}}]}\n");
            assertThat(shell.run("-o", "json", "plan", file)
                            .json()
                            .at("/summary/add")
                            .isInt())
                    .isTrue();
            shell.run("plan", file, "--out", shell.path("a.plan"));
            assertThat(shell.run("apply", shell.path("a.plan"), "-o", "json")
                            .json()
                            .at("/complete")
                            .asBoolean())
                    .isTrue();
            shell.run("destroy", file, "--auto-approve");
        }
    }

    /** A host that refuses whatever it is asked to define, and quotes all of it. */
    private record Talkative(HostConnector host) implements HostConnector {
        @Override
        public HostReader reader(String uri) {
            return host.reader(uri);
        }

        @Override
        public HostWriter writer(String uri) {
            return new HostWriter() {
                @Override
                public void perform(dev.paddock.api.step.Action action) {
                    throw new HostException(HostException.Failure.REFUSED, 27, 19, "XML error: " + action);
                }

                @Override
                public void close() {}
            };
        }
    }
}
