package dev.paddock.cli.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Console;
import dev.paddock.cli.Invocation;
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
import java.util.List;

/** A command that is run in a guest as if it ran here. */
public final class GuestRun {
    /** What a shell gives for a program that a SIGPIPE ended: nobody reads its output any more. */
    private static final int NOBODY_READS = 141;

    private GuestRun() {}

    /**
     * Run it with the streams, the terminal and the signals of this process.
     *
     * @param wait how long to wait for a guest that boots
     * @return its exit code
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

    /** QEMU's agent gives no terminals, and knows no leases. */
    private static Guest open(String uri, GuestName guest, GuestCommand command, Duration wait) {
        return command.terminal().isPresent() || guest.lease().isPresent()
                ? GuestChannels.open(uri, guest.name(), wait, guest.lease())
                : GuestChannels.openAny(uri, guest.name(), wait);
    }

    @SuppressWarnings("try") // Who enters only has to leave.
    private static int inTerminal(Guest guest, GuestCommand command, Invocation invocation) throws CommandException {
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

    private static int resizing(Guest guest, GuestCommand command, Invocation invocation) throws CommandException {
        return invocation.resizing(
                () -> TerminalSize.read().ifPresent(guest::resize), () -> run(guest, command, invocation));
    }

    private static int run(Guest guest, GuestCommand command, Invocation invocation) throws CommandException {
        var console = invocation.console();
        var output = console.outputBytes();
        var streams = Streams.of(output, console.messages());
        try {
            var ending = guest.run(
                    command, invocation.has(CommandOptions.INTERACTIVE) ? streams.reading(console.input()) : streams);
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
}
