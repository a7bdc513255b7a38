package dev.paddock.testkit.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.image.ImageDocument;
import dev.paddock.api.image.ImageSource;
import dev.paddock.core.load.CoreSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What cloud-init reads is what the playbook says. snakeyaml reads YAML 1.1, as cloud-init's PyYAML does. */
class FirstBootTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIjyWhAFEXmn1Sm0Ue7rdpgEhkRH9VLNfxaKZPQfIexk me";

    @Test
    void anUnquotedWordOrNumberKeepsItsTypeAndAQuotedOneIsAText() {
        var random = new Random(14);
        List<String> texts = new ArrayList<>(List.of(
                "True",
                "False",
                "yes",
                "no",
                "on",
                "OFF",
                "1",
                "1.10",
                "1.0",
                "-3",
                "0",
                "0x1F",
                "1.5e+3",
                "nginx",
                "0.5",
                "52:54:00:12:34:56",
                "0644",
                "12:30",
                "2032-09-01",
                "1_000",
                "08",
                "y",
                "n",
                "1e3"));
        Stream.generate(() -> text(random)).limit(400).forEach(texts::add);
        var yaml = new StringBuilder();
        for (var i = 0; i < texts.size(); i++) {
            yaml.append("          p%d: %s\n          q%d: \"%s\"\n".formatted(i, texts.get(i), i, texts.get(i)));
        }
        var read = userData("        user_data:\n" + yaml);

        for (var i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            assertThat(read.get("q" + i)).as("\"%s\"", text).isEqualTo(text);
            assertThat(read.get("p" + i)).as("%s without quotes", text).isEqualTo(expected(text));
        }
    }

    private static String text(Random random) {
        var alphabet = random.nextBoolean() ? "0123456789.-+e:x_" : "trueTRUEfalsFALSynoYNO";
        return random.ints(1 + random.nextInt(5), 0, alphabet.length())
                .mapToObj(index -> alphabet.substring(index, index + 1))
                .reduce("", String::concat)
                .replaceAll("^[-:]+|:$", "7");
    }

    /** What is no number to YAML 1.2, or none to PyYAML, which is stricter about exponents than snakeyaml. */
    private static final Pattern UNCLEAR = Pattern.compile(
            "[-+]?0[0-9].*|[-+]?[0-9]+\\.([eE].*)?|[-+]\\..*|(?!0x)(?![^eE]*\\.[0-9]+[eE][-+][0-9]+$).*[eE].*");

    /** Return what YAML 1.1 makes of a text, but a text where others do not agree that it is a number. */
    private static @Nullable Object expected(String text) {
        var read = yaml(text);
        if (read == null) {
            return null;
        }
        var sameNumber = read instanceof Number
                && CoreSchema.number(text).isPresent()
                && !UNCLEAR.matcher(text).matches();
        return read instanceof Boolean || sameNumber ? read : text;
    }

    private static @Nullable Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    @Test
    void aComputedValueKeepsTheTypeOfItsVariable() {
        var read = userData("""
                        user_data:
                          a: "${count}"
                          b: "${version}"
                          c: "${flag}"
                          d: "n${count}"
                """);
        assertThat(read)
                .containsEntry("a", 3)
                .containsEntry("b", "1.10")
                .containsEntry("c", false)
                .containsEntry("d", "n3");
    }

    @Test
    void aRawTextIsNotEvaluated() {
        var read = userData("""
                        user_data:
                          a: !raw "echo ${HOME} <#if x>"
                          b: "${script}"
                """);
        assertThat(read).containsEntry("a", "echo ${HOME} <#if x>").containsEntry("b", "cd ${HOME}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_data: 'packages: [a]'",
                "user_data: [a]",
                "meta_data: a",
                "user_data: '#cloud-config', hostname: a",
                "user_data: '#!/bin/sh', packages: [a]",
                "user_data: '#!/bin/sh', ssh_authorized_keys: '" + KEY + "'",
                "ssh_authorized_keys: /root/.ssh/id.pub",
                "ssh_authorized_keys: id.pub",
                "ssh_authorized_keys: ssh-rsa",
            })
    void whatCloudInitWouldIgnoreIsAnError(String said) {
        assertThat(BoundPlaybooks.mistakes("- vms: [{name: web, cloud_init: {" + said + "}}]"))
                .hasSize(1);
    }

    @Test
    void anImageWithoutCloudInitReadsNothing() {
        assertThat(BoundPlaybooks.mistakes("- vms: [{name: web, image: tiny, cloud_init: {hostname: web}}]"))
                .singleElement()
                .asString()
                .contains("tiny has no cloud-init");
    }

    @Test
    void aTextOfSeveralKeysIsAListOfThem() {
        var read = userData("""
                        ssh_authorized_keys: "# mine\\n%s\\n\\n%s\\n"
                """.formatted(KEY, "restrict,command=\\\"ls -l\\\" " + KEY));
        assertThat(read).containsEntry("ssh_authorized_keys", List.of(KEY, "restrict,command=\"ls -l\" " + KEY));
    }

    @Test
    void anApplyWaitsForCloudInitWhereTheAgentCanTell() {
        var declared = "cloud_init: {packages: git}, channels: [org.qemu.guest_agent.0]";
        assertThat(domain(declared)).contains("agent='yes'", "cloud_init='yes'");
        assertThat(domain(declared + ", networks: [default], ready: {address: yes}"))
                .contains("address='yes'", "cloud_init='yes'")
                .doesNotContain("agent='yes'");
        assertThat(domain(declared + ", ready: {cloud_init: no, agent: yes}")).doesNotContain("cloud_init='yes'");
        assertThat(domain("cloud_init: {packages: git}")).doesNotContain("cloud_init");
        assertThat(BoundPlaybooks.mistakes("- vms: [{name: web, ready: {cloud_init: yes}}]"))
                .singleElement()
                .asString()
                .contains("no channel for it");
    }

    private static String domain(String fields) {
        return BoundPlaybooks.xml(BoundPlaybooks.sound("- vms: [{name: web, " + fields + "}]"), "vm/web");
    }

    @Test
    void aHigherInstanceIsAnotherMachineToCloudInit() {
        var one = seed("        packages: git\n");
        assertThat(seed("        packages: git\n        instance: 1\n")).isEqualTo(one);
        assertThat(one).containsEntry("meta-data", "{\"instance-id\": \"web\", \"local-hostname\": \"web\"}\n");
        assertThat(seed("        packages: git\n        instance: 2\n"))
                .containsEntry("meta-data", "{\"instance-id\": \"web-2\", \"local-hostname\": \"web\"}\n")
                .containsEntry("user-data", one.get("user-data"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> userData(String fields) {
        var text = seed(fields).getOrDefault("user-data", "");
        assertThat(text).startsWith("#cloud-config\n");
        return (Map<String, Object>) Objects.requireNonNull(yaml(text));
    }

    private static Map<String, String> seed(String fields) {
        var bound = BoundPlaybooks.sound("""
                - vars: {count: 3, version: "1.10", flag: no, script: !raw "cd ${HOME}"}
                  vms:
                    - name: web
                      cloud_init:
                """ + fields);
        var seed = bound.resources().stream()
                .filter(resource -> resource.id().kind().equals("image"))
                .map(resource -> ImageDocument.image(resource.document()).source())
                .toList();
        assertThat(seed).hasSize(1);
        return ((ImageSource.Seed) seed.getFirst()).files();
    }
}
