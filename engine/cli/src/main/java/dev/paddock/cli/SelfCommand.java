package dev.paddock.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code paddock self warm}: goes the ways that most commands go, so that the launcher's archive of classes has what they
 * need. It reads nothing but what is in the jar, needs no libvirt and no rights, and prints nothing.
 */
final class SelfCommand implements Subcommand {
    /** Command lines that load the classes of the hot paths; how they end does not matter. */
    private static final List<List<String>> WAYS = List.of(
            List.of("--help"),
            List.of("--version", "-v"),
            List.of("lab", "--help"),
            List.of("lab", "status", "warm"),
            List.of("lab", "list", "-o", "json"),
            List.of("--lab=warm", "doctor", "--help"),
            List.of("no-such-command"));

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        var warm = CommandSpec.create();
        warm.usageMessage().description("Load what most commands need, for the launcher's archive of classes.");
        spec.addSubcommand("warm", warm);
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        if (invocation.inner().isEmpty()) {
            throw CommandException.usage("\"paddock self\" needs to know what to do.", "Use paddock self warm.");
        }
        for (var way : WAYS) {
            var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Set.of(), false);
            new CommandLineRun(console, Commands.all(Hosts::connector)).run(way);
        }
        return ExitCode.OK;
    }
}
