package dev.paddock.cli.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Console;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.Subcommand;
import dev.paddock.host.guest.Ending;
import dev.paddock.host.guest.Guest;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.Streams;
import dev.paddock.host.libvirt.GuestChannels;
import dev.paddock.host.process.RawTerminal;
import dev.paddock.host.process.TerminalSize;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code paddock exec}: runs a command in a guest, as if it ran here. */
public final class ExecCommand implements Subcommand {
    static final String DEFAULT_URI = "qemu:///system";
    private static final String ENV = "--env";
    private static final String CWD = "--cwd";
    private static final String USER = "--user";
    private static final String TIMEOUT = "--timeout";
    private static final String INTERACTIVE = "--interactive";
    private static final String TTY = "--tty";

    /** What a program that asks nobody how large its terminal is takes it for. */
    private static final TerminalSize USUAL = new TerminalSize(24, 80);

    /** What a shell gives for a program that a SIGPIPE ended: nobody reads its output any more. */
    private static final int NOBODY_READS = 141;

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Run a command in a guest: paddock exec VM [OPTION...] -- COMMAND [ARGUMENT...]. No network is "
                                + "needed. Its output comes as it is written, its exit code is that of paddock, and "
                                + "Ctrl-C reaches all that it started.")
                .footer(
                        "",
                        "Exit codes beside the command's own: 124 it took longer than --timeout, 125 paddock could not",
                        "do its part, 126 it cannot be run, 127 there is no such command, 128 + N signal N ended it.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("VM")
                .type(String.class)
                .arity("1")
                .index("0")
                .description("The guest.")
                .build());
        spec.addOption(OptionSpec.builder("-e", ENV)
                .paramLabel("NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Set a variable. NAME alone passes on the one of here.")
                .build());
        spec.addOption(one("FOLDER", "Run it in this folder, instead of the user's home.", "-w", CWD));
        spec.addOption(one("USER", "Run it as this user, by name or number, instead of root.", "-u", USER));
        spec.addOption(one(
                "DURATION",
                "Kill it, and all that it started, after so long: 90, 90s, 15m, 2h. It is asked to end first.",
                TIMEOUT));
        spec.addOption(OptionSpec.builder(INTERACTIVE)
                .type(boolean.class)
                .arity("0")
                .description("Hand on the standard input; here also -i. Without, the command finds nothing to read.")
                .build());
        spec.addOption(OptionSpec.builder(TTY)
                .type(boolean.class)
                .arity("0")
                .description("Give the command a terminal; here also -t, and -it for both.")
                .build());
        spec.addOption(Waiting.option());
        return spec;
    }

    private static OptionSpec one(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    @Override
    public Map<String, List<String>> ownShorthands() {
        return Map.of(
                "-i", List.of(INTERACTIVE),
                "-t", List.of(TTY),
                "-it", List.of(INTERACTIVE, TTY),
                "-ti", List.of(INTERACTIVE, TTY));
    }

    @Override
    public boolean takesCommand() {
        return true;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        if (invocation.command().isEmpty()) {
            throw CommandException.usage(
                    "\"paddock exec\" needs a command to run.", "Use paddock exec VM -- COMMAND [ARGUMENT...].");
        }
        var command = new GuestCommand(
                invocation.command(),
                environment(invocation.values(ENV)),
                invocation.value(CWD),
                invocation.value(USER),
                limit(invocation.value(TIMEOUT)),
                invocation.has(TTY) ? TerminalSize.read().or(() -> Optional.of(USUAL)) : Optional.empty());
        try (var guest = open(invocation)) {
            return invocation.forwarding(guest::signal, () -> inTerminal(guest, command, invocation));
        } catch (GuestException failure) {
            throw failed(List.of(failure.diagnostic()));
        } catch (HostException failure) {
            throw failed(CommandException.of(failure).diagnostics());
        }
    }

    /** QEMU's agent gives no terminals. */
    private static Guest open(Invocation invocation) throws CommandException {
        var uri = invocation.uri().orElse(DEFAULT_URI);
        var name = invocation.parameters().getFirst();
        var wait = Waiting.of(invocation);
        return invocation.has(TTY) ? GuestChannels.open(uri, name, wait) : GuestChannels.openAny(uri, name, wait);
    }

    @SuppressWarnings("try") // Who enters only has to leave.
    private static int inTerminal(Guest guest, GuestCommand command, Invocation invocation) throws CommandException {
        if (command.terminal().isEmpty()) {
            return run(guest, command, invocation);
        }
        if (!invocation.has(INTERACTIVE) || !invocation.console().isTerminal(Console.Terminal.INPUT)) {
            return resizing(guest, command, invocation);
        }
        try (var keys = RawTerminal.enter()) {
            return resizing(guest, command, invocation);
        }
    }

    private static int resizing(Guest guest, GuestCommand command, Invocation invocation) throws CommandException {
        return invocation.resizing(
                () -> TerminalSize.read().ifPresent(guest::resize), () -> run(guest, command, invocation));
    }

    private static int run(Guest guest, GuestCommand command, Invocation invocation) throws CommandException {
        var console = invocation.console();
        var output = console.outputBytes();
        var streams = Streams.of(output, console.messages());
        try {
            var ending = guest.run(command, invocation.has(INTERACTIVE) ? streams.reading(console.input()) : streams);
            tell(ending, console);
            return ending.exitCode();
        } catch (IOException unwritable) {
            return NOBODY_READS;
        }
    }

    private static void tell(Ending ending, Console console) {
        switch (ending) {
            case Ending.Exited exited -> {}
            case Ending.Signaled signaled -> {}
            case Ending.TimedOut timedOut -> console.tell("The command took longer than it may, and was killed.");
            case Ending.NotStarted notStarted ->
                console.tell(Diagnostic.error(
                        Code.COMMAND_NOT_STARTED,
                        "The guest says: " + notStarted.reason() + ".",
                        "The command, the folder and the user are those of the guest. No shell is involved: for what a "
                                + "shell does, run sh -c '...'."));
        }
    }

    private static CommandException failed(List<Diagnostic> diagnostics) {
        return new CommandException(GuestCommand.FAILED, diagnostics);
    }

    private static Map<String, String> environment(List<String> given) throws CommandException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (var text : given) {
            var equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            if (name.isEmpty()) {
                throw CommandException.usage(
                        "\"%s\" names no variable.".formatted(text), "Write for example --env LANG=C.UTF-8.");
            }
            if (equals >= 0) {
                variables.put(name, text.substring(equals + 1));
            } else if (System.getenv(name) != null) {
                variables.put(name, System.getenv(name));
            }
        }
        return variables;
    }

    private static Optional<Duration> limit(Optional<String> text) throws CommandException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Durations.required(text.get()));
    }
}
