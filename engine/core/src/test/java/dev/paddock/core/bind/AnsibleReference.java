package dev.paddock.core.bind;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ansible itself: what {@code ansible -m debug} shows of the variables of an inventory. */
record AnsibleReference(Path program) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Other releases give some other values: older ones take every result of a template as text. */
    private static final String RELEASE = "ansible [core 2.19.";

    /**
     * Return the Ansible of the property {@code paddock.ansible}, a folder, or of the path; empty if there is none of the
     * release.
     */
    static Optional<AnsibleReference> find() {
        return Stream.concat(
                        Stream.ofNullable(System.getProperty("paddock.ansible")),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
                .map(folder -> Path.of(folder, "ansible"))
                .filter(Files::isExecutable)
                .filter(AnsibleReference::isOfRelease)
                .findFirst()
                .map(AnsibleReference::new);
    }

    private static boolean isOfRelease(Path program) {
        try {
            var process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).startsWith(RELEASE);
        } catch (IOException unusable) {
            return false;
        }
    }

    /** Return the values of these variables on each host; those that a host does not have are absent. */
    ObjectNode values(
            List<String> sources, List<String> vaultIds, Optional<Path> folder, Collection<String> names, Path scratch)
            throws IOException, InterruptedException {
        var wanted = new TreeSet<>(names)
                .stream()
                        .map(name -> "'%1$s': %1$s | default('<undefined>')".formatted(name))
                        .collect(Collectors.joining(", ", "{{ {", "} }}"));
        var tree = Files.createDirectories(scratch.resolve("tree"));
        List<String> command = new ArrayList<>(List.of(program.toString(), "all"));
        sources.forEach(source -> command.addAll(List.of("-i", source)));
        vaultIds.forEach(id -> command.addAll(List.of("--vault-id", id)));
        folder.ifPresent(path -> command.addAll(List.of("--playbook-dir", path.toString())));
        command.addAll(List.of("-t", tree.toString(), "-m", "debug", "-a"));
        command.add(JSON.writeValueAsString(JSON.createObjectNode().put("msg", wanted)));
        var log = scratch.resolve("log").toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("ANSIBLE_LOCAL_TEMP", scratch.resolve("local").toString());
        builder.environment()
                .put(
                        "ANSIBLE_CONFIG",
                        Files.writeString(scratch.resolve("ansible.cfg"), "").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        var exitCode = builder.start().waitFor();
        if (exitCode != 0) {
            throw new AssertionError(
                    "Ansible ended with " + exitCode + ": " + Files.readString(log.toPath(), StandardCharsets.UTF_8));
        }
        var all = JSON.createObjectNode();
        try (var results = Files.list(tree)) {
            for (var file : results.sorted().toList()) {
                var values = all.putObject(String.valueOf(file.getFileName()));
                JSON.readTree(file.toFile()).get("msg").properties().forEach(value -> {
                    if (!value.getValue().asText().equals("<undefined>")) {
                        values.set(value.getKey(), value.getValue());
                    }
                });
            }
        }
        return all;
    }
}
