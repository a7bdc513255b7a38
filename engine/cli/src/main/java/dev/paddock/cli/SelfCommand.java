package dev.paddock.cli;

import dev.paddock.host.packages.Purpose;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code paddock self}: what the scripts beside the program need, and no user.
 *
 * <p>{@code warm} goes the ways that most commands go, so that the launcher's archive of classes has what they need. It
 * reads nothing but what is in the jar, needs no libvirt and no rights, and prints nothing. {@code require} makes sure
 * that the packages for a lab are there.
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
        spec.addSubcommand("warm", CommandSpec.create());
        spec.addSubcommand("require", CommandSpec.create());
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock self\" needs to know what to do.", "Use one of: warm, require."));
        if (inner.parsed().commandSpec().name().equals("require")) {
            Installation.require(Purpose.LAB, inner.globals().yes(), inner.console());
        } else {
            warm();
        }
        return ExitCode.OK;
    }

    private static void warm() {
        for (var way : WAYS) {
            var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Set.of(), false);
            new CommandLineRun(console, Commands.all(Hosts::connector), BugReport.folder()).run(way);
        }
    }
}
