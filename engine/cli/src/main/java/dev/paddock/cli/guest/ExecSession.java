package dev.paddock.cli.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.poolclient.GuestName;
import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.process.RawTerminal;
import dev.paddock.host.process.TerminalSize;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs a command in a guest as if it ran here. */
public final class ExecSession {
    /** The exit code that shells report after a SIGPIPE: nobody reads the output any more. */
    private static final int NOBODY_READS = 141;

    private ExecSession() {}

    /**
     * Run the command with the streams, the terminal and the signals of this process.
     *
     * @param wait how long to wait for a VM that boots
     * @return the exit code of the command
     */
    public static int run(Invocation invocation, String uri, GuestName name, GuestCommand command, Duration wait)
            throws CommandException {
        try (var guest = open(uri, name, command, wait)) {
            return invocation.forwarding(guest::signal, () -> inTerminal(guest, command, invocation));
        } catch (GuestException failure) {
            throw failed(List.of(failure.diagnostic()));
        } catch (HostException failure) {
            throw failed(CommandException.of(failure).diagnostics());
        }
    }

    /** The QEMU guest agent supports neither terminals nor leases. */
    private static GuestAgent open(String uri, GuestName guest, GuestCommand command, Duration wait) {
        return command.terminal().isPresent() || guest.lease().isPresent()
                ? GuestChannels.open(uri, guest.name(), wait, guest.lease())
                : GuestChannels.openAny(uri, guest.name(), wait);
    }

    @SuppressWarnings("try") // The variable only has to be closed.
    private static int inTerminal(GuestAgent guest, GuestCommand command, Invocation invocation)
            throws CommandException {
        if (command.terminal().isEmpty()) {
            return run(guest, command, invocation);
        }
        if (!invocation.has(CommandOptions.INTERACTIVE) || !invocation.console().isTerminal(Console.Terminal.INPUT)) {
            return resizing(guest, command, invocation);
        }
        try (var keys = RawTerminal.enter()) {
            return resizing(guest, command, invocation);
        }
    }

    private static int resizing(GuestAgent guest, GuestCommand command, Invocation invocation) throws CommandException {
        return invocation.resizing(
                () -> TerminalSize.read().ifPresent(guest::resize), () -> run(guest, command, invocation));
    }

    private static int run(GuestAgent guest, GuestCommand command, Invocation invocation) throws CommandException {
        var console = invocation.console();
        var output = console.outputBytes();
        var streams = CommandStreams.of(output, console.messages());
        try {
            var ending = guest.run(
                    command, invocation.has(CommandOptions.INTERACTIVE) ? streams.reading(console.input()) : streams);
            tell(ending, console);
            return ending.exitCode();
        } catch (IOException unwritable) {
            return NOBODY_READS;
        }
    }

    private static void tell(ExitStatus ending, Console console) {
        switch (ending) {
            case ExitStatus.Exited exited -> {}
            case ExitStatus.Signaled signaled -> {}
            case ExitStatus.TimedOut timedOut -> console.tell("The command took longer than it may, and was killed.");
            case ExitStatus.NotStarted notStarted ->
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
}
