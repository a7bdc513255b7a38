package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.NameResolver;
import dev.paddock.core.source.FileDigester;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Playbooks with slips of the finger in them: always a place and a reason, never an exception. */
final class MutatedPlaybooksTest {
    private static final long SEED = 20_260_101L;
    private static final int ROUNDS = Integer.getInteger("paddock.rounds", 300);

    private static final Map<String, String> FILES = Map.of(
            "play.yaml",
            """
            # Boxes and lids.
            - name: Depot
              project: depot
              hosts: [local, web]
              vars:
                subnet: 192.168.1
                sizes: {small: 1, large: 9}
                ports: &ports [10-20, {from: 30, to: 40}]
                secret: !secret hunter2
              vars_files: vars.yaml
              include: [fragment.yaml]
              tags: depot
              boxes:
                - name: box-${each.key}
                  for_each: ${sizes}
                  size: ${each.value}
                  ports: *ports
                  autostart: yes
                  labels: {"52:54:00:00:00:01": "a ${subnet}.1/24"}
                - <<: {state: stopped, protect: true}
                  name: plain
                  when: subnet == "192.168.1" && enabled
                  parts: ["${secret}", 'x', y]
                - name: raw
                  xml: |
                    <box>
                      <mode>${subnet}</mode>
                    </box>
              lids:
                - {name: lid, fits: "box-small", on_change: live, tags: [a, b]}
                - {name: own, template: lid.ftl, values: {fits: "${subnet}"}}
            """,
            "fragment.yaml",
            """
            vars: {color: red}
            boxes:
              - {name: fragment, color: "${color}"}
              - {name: file, xml: {file: box.xml}}
            """,
            "vars.yaml",
            "enabled: true\nnested: {a: [1, 2, {b: c}]}\n",
            "hosts.yaml",
            """
            hosts:
              local: {uri: "qemu:///system"}
              web1: {uri: "qemu+ssh://root@${host.name}/system", vars: {size: 1}}
            groups:
              web: {hosts: [web1], vars: {subnet: 10.0.0}}
            """,
            "box.xml",
            "<box>\n  <name>file</name>\n  <mode>1</mode>\n</box>\n",
            "lid.ftl",
            "<lid>\n  <fits><#if fits??>${fits}</#if></fits>\n</lid>\n");

    private static final List<String> NAMES = FILES.keySet().stream().sorted().toList();

    private static final List<String> ODDITIES = List.of(
            "\t",
            "\0",
            "\u00ff",
            ":",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "&a ",
            "*a",
            "!x ",
            "${",
            "}",
            "<#",
            "#",
            "|",
            ">",
            "%",
            "@",
            "`",
            "\r",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD83D\uDE00",
            "<",
            "&",
            "<!--",
            "<![CDATA[",
            "---",
            "...",
            "? ",
            ", ",
            "null",
            "~",
            "${x}",
            "${1..9}",
            "?",
            "<<: *ports",
            "\u0001",
            "../",
            "/");

    @TempDir
    private Path folder;

    @Test
    void theUnharmedPlaybookIsBound() throws IOException {
        for (var name : NAMES) {
            Files.writeString(folder.resolve(name), FILES.getOrDefault(name, ""));
        }
        var bound = bind();

        assertThat(bound.diagnostics()).isEmpty();
        assertThat(bound.resources()).hasSize(16);
    }

    @Test
    void aMutatedPlaybookIsBoundOrToldWithPlaces() throws IOException {
        for (var round = 0; round < ROUNDS; round++) {
            var random = new Random(SEED + round);
            var victim = NAMES.get(random.nextInt(NAMES.size()));
            if (random.nextBoolean()) {
                victim = "play.yaml";
            }
            for (var name : NAMES) {
                Files.writeString(folder.resolve(name), FILES.getOrDefault(name, ""));
            }
            var bytes = mutate(FILES.getOrDefault(victim, ""), random);
            Files.write(folder.resolve(victim), bytes);

            check(bind(), "seed " + (SEED + round) + ", " + victim);
        }
    }

    private BindResult bind() {
        return new Binder(
                        TestKind.ALL,
                        TestKind.TEMPLATES,
                        FileDigester.READING,
                        NameResolver.STAND_IN,
                        Duration.ofSeconds(20))
                .bind(new BindRequest(
                        List.of(folder.resolve("play.yaml")),
                        List.of(folder.resolve("hosts.yaml").toString()),
                        List.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        BindRequest.Consent.NONE));
    }

    private void check(BindResult bound, String round) throws IOException {
        for (var told : bound.diagnostics()) {
            if (told.isError()) {
                assertThat(told.place()).as("%s: %s", round, told).isPresent();
            }
            var place = told.place();
            if (place.isEmpty()) {
                continue;
            }
            var file = Path.of(place.get().file());
            assertThat(file).as("%s: %s", round, told).isAbsolute();
            if (Files.isRegularFile(file)) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                assertThat(place.get().line())
                        .as("%s: %s", round, told)
                        .isBetween(1, (int) text.lines().count() + 1);
            }
            assertThat(told.detail() + told.fix().orElse(""))
                    .as("%s: %s", round, told)
                    .doesNotContain("Exception", "FTL stack", "dev.paddock", "hunter2", "This is a bug");
        }
    }

    private static byte[] mutate(String original, Random random) {
        var text = original;
        for (var times = 1 + random.nextInt(3); times > 0; times--) {
            text = mutateOnce(text, random);
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String mutateOnce(String text, Random random) {
        if (text.isEmpty()) {
            return "x";
        }
        var at = random.nextInt(text.length());
        var end = Math.min(text.length(), at + 1 + random.nextInt(4));
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text + "x";
        }
        var line = random.nextInt(lines.size());
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                return text.substring(0, at) + text.substring(end);
            }
            case 2 -> {
                return text.substring(0, end) + text.substring(at);
            }
            case 3 -> {
                return text.substring(0, at)
                        + new StringBuilder(text.substring(at, end)).reverse()
                        + text.substring(end);
            }
            case 4, 5 -> {
                return text.substring(0, at) + ODDITIES.get(random.nextInt(ODDITIES.size())) + text.substring(at);
            }
            case 6 -> lines.remove(line);
            case 7 -> lines.add(line, lines.get(random.nextInt(lines.size())));
            case 8 -> lines.set(line, " ".repeat(1 + random.nextInt(4)) + lines.get(line));
            default -> lines.set(line, lines.get(line).replaceFirst("^ {1,2}", ""));
        }
        return String.join("\n", lines) + "\n";
    }
}
