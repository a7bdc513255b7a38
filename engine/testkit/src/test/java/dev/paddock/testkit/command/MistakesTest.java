package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken playbooks, each with what a plan says of it. {@code -Dmistakes.update} writes what it says; read it before it
 * is committed.
 */
@Timeout(120)
class MistakesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("paddock.home", "../.."), "engine/testkit/src/test/resources/mistakes");

    @TempDir
    Path folder;

    static List<String> playbooks() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(".*\\.(yaml|tf|xml)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreMany() throws IOException {
        assertThat(playbooks()).hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource("playbooks")
    void whatAPlanSaysIsWhatItShould(String name) throws IOException {
        var text = Files.readString(FOLDER.resolve(name));
        var shell = new Shell(new DescribedHost(host()), folder);
        List<String> arguments = new ArrayList<>(List.of("plan", shell.file(name, text)));
        var options = beside(name, ".options");
        if (Files.exists(options)) {
            arguments.addAll(List.of(Files.readString(options).strip().split(" ")));
        }
        var result = shell.run(arguments.toArray(String[]::new));
        var said = result.messages().replace(folder + "/", "") + "exit code " + result.exitCode() + "\n";
        var expected = beside(name, ".txt");
        if (System.getProperty("mistakes.update") != null) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
        assertThat(said).containsPattern("(Error|Warning) PD[0-9]{4}: ");
    }

    private static Path beside(String playbook, String ending) {
        return FOLDER.resolve(playbook.replaceFirst("\\.[a-z]+$", ending));
    }

    private static MemoryHost host() {
        var host = new MemoryHost();
        try (var writer = host.writer("test:///default")) {
            for (var step : Stream.of(
                            new String[] {"network", "default", "<network><name>default</name></network>"},
                            new String[] {"nwfilter", "clean-traffic", "<filter name='clean-traffic'/>"},
                            new String[] {
                                "storage",
                                "default",
                                "<pool type='dir'><name>default</name><target><path>/srv</path></target></pool>"
                            })
                    .toList()) {
                var id = new ResourceId(step[0], step[1]);
                writer.perform(new Action.Define(id, step[2]));
                if (!step[0].equals("nwfilter")) {
                    writer.perform(new Action.Start(id));
                }
            }
            writer.perform(
                    new Action.Define(
                            new ResourceId("volume", "default/a.qcow2"),
                            "<volume><name>a.qcow2</name><capacity>1</capacity><target><format type='qcow2'/></target></volume>"));
        }
        return host;
    }
}
