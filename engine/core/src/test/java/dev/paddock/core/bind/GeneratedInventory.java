package dev.paddock.core.bind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** An inventory drawn by a seed: two sources in INI and YAML, with group_vars and host_vars, also of the playbook. */
final class GeneratedInventory {
    private static final int GROUPS = 6;
    private static final int HOSTS = 5;
    private static final int VARIABLES = 6;
    private static final List<String> ON_HOST_LINES = List.of(
            "1",
            "022",
            "yes",
            "null",
            "True",
            "1e3",
            "0x10",
            "[1,2]",
            "'7'",
            "{'a':1}",
            "",
            "\"x y\"",
            "1.50",
            "-3",
            "a,b",
            "80,443",
            "None",
            "x#y",
            "1_0",
            "0b11",
            "'it'",
            "(1,2)",
            "5.",
            "1..2",
            "\"'q'\"",
            "a=b",
            "1e-7",
            "\"{'a': [1, 'b']}\"",
            "\\'x\\'",
            "$x",
            "${x}",
            "~",
            "1,",
            "+4",
            "0o7",
            "00",
            "a\\ b");
    private static final List<String> IN_SECTIONS = List.of(
            "{'a': 1}",
            "\"a b\"",
            "1 # c",
            "a b # c",
            "[1, 'b', None]",
            "r'\\x'",
            "1 2",
            "yes",
            "'it''s'",
            "(5)",
            "\"\\n\"",
            "{1: 2, 'x': True}",
            "1e16",
            "123456789012345678901234567890",
            "[[1], (2,), {}]",
            "b'x'",
            "'a' \"b\"",
            "=",
            "1.0");
    private static final List<String> IN_YAML = List.of(
            "1",
            "010",
            "yes",
            "off",
            "1:30",
            "1e3",
            "1.0e+3",
            "0x1F",
            "~",
            "\"yes\"",
            "'1'",
            "[a, 1, no]",
            "{a: {b: 010}}",
            "08",
            "1_0",
            "1.10",
            ".5",
            "!!str 5",
            "text with spaces",
            "",
            "-0b11",
            "1__0",
            "0.1",
            "1.",
            "+5",
            "y",
            "N",
            "\"a\\tb\"",
            "52:54:00:12:34:56",
            "190:20:30.15",
            "!unsafe \"{{ x }}\"",
            "1.5e3",
            "0o17",
            "012_3",
            "-.5",
            "Null");

    private final Path folder;
    private final Random random;

    GeneratedInventory(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    List<String> sources() {
        return List.of(
                folder.resolve("one/hosts").toString(),
                folder.resolve("two/hosts.yml").toString());
    }

    Path playbookFolder() {
        return folder.resolve("play");
    }

    /** Return the names of all variables that may be anywhere. */
    static Set<String> names() {
        var names = new TreeSet<>(List.of("group_names", "groups", "ansible_port"));
        IntStream.range(0, VARIABLES).forEach(i -> names.add("v" + i));
        return names;
    }

    void write() throws IOException {
        file("one/hosts", ini());
        file("two/hosts.yml", yaml());
        for (var place : List.of("one", "two", "play")) {
            Files.createDirectories(folder.resolve(place));
            for (var group : groups()) {
                variables(place + "/group_vars/" + group);
            }
            for (var host = 0; host < HOSTS; host++) {
                variables(place + "/host_vars/h" + host);
            }
        }
    }

    private static List<String> groups() {
        return IntStream.rangeClosed(0, GROUPS)
                .mapToObj(i -> i == GROUPS ? "all" : "g" + i)
                .toList();
    }

    private void variables(String path) throws IOException {
        if (random.nextInt(3) > 0) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                file(path + "/10.yml", yamlVariables(""));
                file(path + "/9", yamlVariables(""));
                file(path + "/more/a.yaml", yamlVariables(""));
            }
            case 1 -> file(path, yamlVariables(""));
            case 2 -> file(path + ".yaml", yamlVariables(""));
            default -> file(path + ".yml", yamlVariables(""));
        }
    }

    private String ini() {
        var text = new StringBuilder();
        for (var host = 0; host < HOSTS; host++) {
            text.append(hostLine("h" + host));
        }
        for (var group = 0; group < GROUPS; group++) {
            text.append("[g").append(group).append("]\n");
            for (var host = 0; host < HOSTS; host++) {
                if (random.nextInt(4) == 0) {
                    text.append(hostLine("h" + host));
                }
            }
            if (random.nextBoolean()) {
                text.append("[g").append(group).append(":children]\n");
                for (var child = group + 1; child < GROUPS; child++) {
                    if (random.nextInt(3) == 0) {
                        text.append('g').append(child).append('\n');
                    }
                }
            }
            text.append("[g").append(group).append(":vars]\n");
            if (random.nextInt(3) == 0) {
                text.append("ansible_group_priority=")
                        .append(random.nextInt(20))
                        .append('\n');
            }
            section(text);
        }
        text.append("[all:vars]\n");
        section(text);
        return text.toString();
    }

    private void section(StringBuilder text) {
        for (var i = 0; i < VARIABLES; i++) {
            if (random.nextInt(3) == 0) {
                text.append('v')
                        .append(i)
                        .append(random.nextBoolean() ? "=" : " = ")
                        .append(drawn(IN_SECTIONS))
                        .append('\n');
            }
        }
    }

    private String hostLine(String name) {
        var line = new StringBuilder(name);
        for (var i = 0; i < VARIABLES; i++) {
            if (random.nextInt(4) == 0) {
                line.append(" v").append(i).append('=').append(drawn(ON_HOST_LINES));
            }
        }
        return line.append('\n').toString();
    }

    private String yaml() {
        var text = new StringBuilder("all:\n  vars:\n")
                .append(yamlVariables("    "))
                .append("  children:\n");
        for (var group = 0; group < GROUPS; group++) {
            text.append("    g").append(group).append(":\n      hosts:\n");
            for (var host = 0; host < HOSTS; host++) {
                if (random.nextInt(4) == 0) {
                    text.append("        h").append(host).append(":\n").append(yamlVariables("          "));
                }
            }
            text.append("      vars:\n").append(yamlVariables("        "));
        }
        return text.toString();
    }

    private String yamlVariables(String indent) {
        var text = new StringBuilder();
        for (var i = 0; i < VARIABLES; i++) {
            if (random.nextInt(3) == 0) {
                text.append(indent)
                        .append('v')
                        .append(i)
                        .append(": ")
                        .append(drawn(IN_YAML))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String drawn(List<String> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private void file(String name, String text) throws IOException {
        var path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
