package dev.paddock.cli.vm;

import dev.paddock.api.host.GuestConsole;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Invocation;
import dev.paddock.host.process.RawTerminal;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** {@code paddock vm console}: connects the user's terminal to the serial console of a VM. */
final class VmTerminal {
    static final String TAKE_OVER = "--force";

    /** Ctrl-], as in telnet and virsh. */
    private static final byte LEAVE = 0x1d;

    private static final int BUFFER = 4096;

    private final GuestConsole guest;
    private final Console console;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private VmTerminal(GuestConsole guest, Console console) {
        this.guest = guest;
        this.console = console;
    }

    static int run(Invocation invocation, HostConnector hosts, String uri, String name) throws CommandException {
        var console = invocation.console();
        try (var host = hosts.guests(uri)) {
            VmLookup.one(host, name);
            try (var guest = host.console(name, invocation.has(TAKE_OVER))) {
                var terminal = RawTerminal.enter();
                String why;
                try {
                    // From here on, input goes to the VM. A terminal in raw mode does not return to the first column.
                    console.tellPart("This is the console of vm/" + name + ". Ctrl-] leaves it.\r\n");
                    why = new VmTerminal(guest, console).connect();
                } finally {
                    terminal.close();
                }
                console.tell("");
                console.tell(why);
                return ExitCode.OK;
            }
        }
    }

    /** Connect, and return why the connection ended. */
    private String connect() {
        start("console-output", this::showWhatComes);
        start("console-input", this::typeWhatIsTyped);
        try {
            return end.get();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return "Interrupted.";
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof HostException lost) {
                throw lost;
            }
            throw new IllegalStateException("The console failed. This is a bug in this tool.", failure);
        }
    }

    private void start(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (HostException failure) {
                end.completeExceptionally(failure);
            }
        });
    }

    private void showWhatComes() {
        var buffer = new byte[BUFFER];
        while (true) {
            var count = guest.read(buffer);
            if (count == 0) {
                end.complete("The console has ended, with the guest or as somebody else took it over.");
                return;
            }
            console.output().write(buffer, 0, count);
            console.output().flush();
        }
    }

    /** Passes input on. At the end of the input, output continues. */
    private void typeWhatIsTyped() {
        var buffer = new byte[BUFFER];
        try {
            while (true) {
                var count = console.input().read(buffer);
                if (count < 0) {
                    return;
                }
                for (var i = 0; i < count; i++) {
                    if (buffer[i] == LEAVE) {
                        guest.write(Arrays.copyOf(buffer, i));
                        end.complete("Left the console; the guest goes on.");
                        return;
                    }
                }
                guest.write(Arrays.copyOf(buffer, count));
            }
        } catch (IOException closed) {
            return;
        }
    }
}
