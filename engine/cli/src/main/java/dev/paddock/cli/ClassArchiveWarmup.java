package dev.paddock.cli;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.pool.AcquireWarmup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs commands to load the classes that most runs need, for the class archive of the launcher.
 *
 * <p>The runs read a playbook and a host from the jar, and the test driver of libvirt's client library, if it is
 * installed. They need no privileges, change nothing and print nothing. Their results have no meaning.
 */
final class ClassArchiveWarmup {
    private static final List<List<String>> WITHOUT_PLAYBOOK = List.of(
            List.of("--help"),
            List.of("--version", "--no-color"),
            List.of("lab", "--help"),
            List.of("lab", "status", "warm"),
            List.of("lab", "list", "-o", "json"),
            List.of("--lab=warm", "doctor", "--help"),
            List.of("no-such-command"));

    private static final List<List<String>> WITH_PLAYBOOK = List.of(
            List.of("plan", "-c", WarmupHost.URI),
            List.of("plan", "-c", WarmupHost.URI, "-o", "json", "--adopt"),
            List.of("apply", "-c", WarmupHost.URI, "--check"));

    /** libvirt's client library answers this by itself, with a network of its test driver. */
    private static final List<String> AT_LIBVIRT = List.of("plan", "-c", "test:///default", "--target", "network/same");

    private ClassArchiveWarmup() {}

    static void perform() {
        WITHOUT_PLAYBOOK.forEach(way -> run(HostConnections.connector(), way));
        performWithPlaybook();
        AcquireWarmup.perform();
    }

    /** Run the commands that need nothing but the jar, and return their exit codes. */
    static List<Integer> performWithPlaybook() {
        var host = new WarmupHost(Map.of(
                "network", Map.of("same", text("network.same.xml"), "changed", text("network.changed.xml")),
                "nwfilter", Map.of("same", text("nwfilter.same.xml"))));
        try {
            var playbook = Files.createTempFile("paddock-", ".yaml");
            try {
                Files.writeString(playbook, text("playbook.yaml"));
                run(HostConnections.connector(), with(AT_LIBVIRT, playbook));
                return WITH_PLAYBOOK.stream()
                        .map(way -> run(host, with(way, playbook)))
                        .toList();
            } finally {
                Files.delete(playbook);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static List<String> with(List<String> way, Path playbook) {
        var arguments = new ArrayList<>(way);
        arguments.add(playbook.toString());
        return arguments;
    }

    private static int run(HostConnector host, List<String> arguments) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Set.of(), false);
        return new CommandLineRun(console, Commands.all(() -> host), BugReport.folder()).run(arguments);
    }

    private static String text(String name) {
        try (var resource = ClassArchiveWarmup.class.getResourceAsStream("rehearsal/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("The jar has no " + name + ". This is a bug in this tool.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
