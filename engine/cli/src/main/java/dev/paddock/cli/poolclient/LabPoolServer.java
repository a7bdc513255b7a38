package dev.paddock.cli.poolclient;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import dev.paddock.host.process.Deadline;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the pool server of a lab: labs have no service manager. */
public final class LabPoolServer {
    private static final String LOG = "/var/log/libvirt/paddock.log";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private LabPoolServer() {}

    /** Return the path of this program. */
    public static String program() {
        return Path.of(System.getProperty("paddock.home", ""), "paddock").toString();
    }

    /** Start the pool server of a lab if it does not run, and wait until it responds. */
    static void ensureStarted(LabName name, Path socket, Console console) throws CommandException {
        if (responds(socket)) {
            return;
        }
        var command = new ArrayList<String>();
        try {
            command.addAll(Lab.named(name)
                    .command(List.of(
                            "sh", "-c", "exec setsid --fork \"$0\" serve </dev/null >>" + LOG + " 2>&1", program())));
            var outcome = Program.of(command.toArray(String[]::new)).run();
            if (!outcome.isSuccess()) {
                throw failed(outcome.explanation());
            }
        } catch (LabException failure) {
            throw CommandException.of(failure);
        }
        var deadline = Deadline.after(START_TIMEOUT);
        while (!responds(socket)) {
            if (!deadline.pause(POLL_INTERVAL)) {
                throw failed("It does not answer. In the lab, " + LOG + " tells why.");
            }
        }
        console.tell("Started the pool server of the lab \"%s\".".formatted(name));
    }

    private static boolean responds(Path socket) {
        try {
            return PoolHttpClient.ask(socket, "GET", "/healthz", "").isGood();
        } catch (IOException failure) {
            return false;
        }
    }

    private static CommandException failed(String why) {
        return CommandException.failure(Diagnostic.error(
                Code.POOL_SERVER_ABSENT,
                "The pool server of the lab cannot be started. " + why,
                "See what paddock --lab serve says, which runs it in this terminal."));
    }
}
