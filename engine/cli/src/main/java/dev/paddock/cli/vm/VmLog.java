package dev.paddock.cli.vm;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.Observed;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import dev.paddock.host.process.TerminalSanitizer;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code paddock vm log}: shows what a VM wrote to its serial console, or what QEMU and libvirt logged about it. */
final class VmLog {
    static final String FOLLOW = "--follow";
    static final String LINES = "--lines";
    static final String QEMU = "--qemu";

    private VmLog() {}

    static int run(Invocation invocation, HostConnector hosts, String uri, String name) throws CommandException {
        var lines = invocation.value(LINES).orElse("100");
        if (!lines.matches("[0-9]{1,9}")) {
            throw CommandException.usage(
                    "\"%s\" is no number of lines.".formatted(lines), "Give for example " + LINES + " 20.");
        }
        var file = invocation.has(QEMU) ? qemuLog(uri, name) : serialLog(hosts, uri, name);
        List<String> tail = new ArrayList<>(List.of("tail", "-n", lines));
        if (invocation.has(FOLLOW)) {
            // Follows the name, as each start begins a new log, and a large log is rotated.
            tail.add("-F");
        }
        tail.addAll(List.of("--", file));
        var console = invocation.console();
        var command = command(uri, file, tail);
        var program = Program.of(command.toArray(String[]::new)).withLimit(Program.NO_LIMIT);
        return ended(program.runShowing(sink(console), console.messages()), name, file);
    }

    private static OutputStream sink(Console console) {
        return console.isTerminal(Console.Terminal.OUTPUT) ? new TerminalSanitizer(console.output()) : console.output();
    }

    private static List<String> command(String uri, String file, List<String> tail) throws CommandException {
        try {
            return LibvirtMachine.of(uri)
                    .command(tail)
                    .orElseThrow(() -> CommandException.failure(Diagnostic.error(
                            Code.NOT_SUPPORTED,
                            "The log is the file " + file + " on the machine of " + uri
                                    + ", and libvirt does not serve files of this kind.",
                            "Read it there; or connect by qemu+ssh://, which paddock reads logs through as well.")));
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
    }

    private static String serialLog(HostConnector hosts, String uri, String name) throws CommandException {
        try (var reader = hosts.reader(uri);
                var host = hosts.guests(uri)) {
            VmLookup.one(host, name);
            var document = reader.read("vm", Optional.of(Set.of(name))).get(name) instanceof Observed.Present present
                    ? Optional.of(present.live().orElse(present.defined()))
                    : Optional.<dev.paddock.api.xml.Element>empty();
            return document.flatMap(SerialLog::file)
                    .orElseThrow(() -> CommandException.failure(Diagnostic.error(
                            Code.NOTHING_SELECTED,
                            "The guest '" + name + "' keeps no log of its serial console.",
                            "Add <log file='/var/log/libvirt/qemu/" + name + "-serial.log'/> to its <serial>, as"
                                    + " paddock's own template has it; or see paddock vm log --qemu.")));
        }
    }

    /** Return the log file, as libvirt names it; see logDir in virQEMUDriverConfig. */
    private static String qemuLog(String uri, String name) {
        return uri.contains("/session")
                ? Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                                .orElse(System.getProperty("user.home") + "/.cache")
                        + "/libvirt/qemu/log/" + name + ".log"
                : "/var/log/libvirt/qemu/" + name + ".log";
    }

    private static int ended(ProcessResult outcome, String name, String file) throws CommandException {
        return switch (outcome) {
            case ProcessResult.Ended ended when ended.succeeded() -> ExitCode.OK;
            case ProcessResult.Ended ended ->
                throw CommandException.failure(Diagnostic.error(
                        Code.FILE_UNREADABLE,
                        "The log of '" + name + "', " + file + " on its host, could not be read.",
                        "It is there once the guest has been started, and for root alone."));
            case ProcessResult.TimedOut timedOut -> ExitCode.OK;
            case ProcessResult.NotStarted notStarted ->
                throw CommandException.failure(
                        Diagnostic.error(Code.FILE_UNREADABLE, notStarted.reason(), "Install coreutils."));
        };
    }
}
