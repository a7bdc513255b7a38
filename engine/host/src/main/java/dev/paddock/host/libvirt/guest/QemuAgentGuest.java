package dev.paddock.host.libvirt.guest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.guest.LeaseClaim;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.process.Deadline;
import dev.paddock.host.process.PollInterval;
import dev.paddock.host.process.TerminalSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A guest with only QEMU's agent. It runs commands with these limits: input is sent completely before the command
 * starts, there are no terminals and no copies, and processes that leave the command's process group outlive it.
 *
 * <p>The agent buffers the output of a command until its end, and libvirt closes the channel on an answer that is too
 * long (libvirt's qemu_agent.c, 10 MiB). So commands write into files in the guest, which are read while they grow.
 */
final class QemuAgentGuest implements GuestAgent {
    /** How many seconds a busy guest may take to answer. */
    static final int PATIENCE = 20;

    private static final Duration LONGEST_HELPER = Duration.ofSeconds(PATIENCE);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    /** How long a terminated command may take to clean up. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    private static final String PREPARE =
            "umask 077 && d=$(mktemp -d) && : >\"$d/in\" && : >\"$d/out\" && : >\"$d/err\" && printf %s \"$d\"";

    /** The first arguments are the folder of the files, the user, the program to run as the user, and its arguments. */
    private static final String AS_USER = """
            exec <"$1/in" >"$1/out" 2>"$1/err"
            user=$(id -nu -- "$2") || exit 125
            inside=$3
            shift 3
            eval "HOME=~$user"
            export HOME USER="$user" LOGNAME="$user" SHELL=/bin/sh
            [ "$user" != root ] || exec sh -c "$inside" sh "$@"
            exec setpriv --reuid "$user" --regid "$(id -g -- "$user")" --init-groups -- sh -c "$inside" sh "$@"
            """;

    /** The first arguments are the folder, the number of variables, and the variables. */
    private static final String INSIDE = """
            cd -- "${1:-$HOME}" || exit 125
            variables=$2
            shift 2
            while [ "$variables" -gt 0 ]; do export "$1"; shift; variables=$((variables - 1)); done
            exec "$@"
            """;

    private final GuestConnection connection;
    private final QemuAgent agent;
    private final String name;
    private volatile long running;

    QemuAgentGuest(GuestConnection connection, QemuAgent agent, String name) {
        this.connection = connection;
        this.agent = agent;
        this.name = name;
    }

    @Override
    public ExitStatus run(GuestCommand command, CommandStreams streams) throws IOException {
        try {
            var files = output(helper(PREPARE));
            try {
                if (streams.input().isPresent()) {
                    try (var input = GuestFile.open(agent, files + "/in", "w")) {
                        input.take(streams.input().get());
                    }
                }
                return watch(agent.start(words(files, command), false), files, command.limit(), streams);
            } finally {
                helper("rm -rf -- \"$0\"", files);
            }
        } catch (HostException failure) {
            throw failure.failure() == Failure.LOST ? failure : told(failure);
        }
    }

    private static List<String> words(String files, GuestCommand command) {
        List<String> words = new ArrayList<>(List.of("setsid", "sh", "-c", AS_USER, "sh", files));
        words.add(command.user().orElse("root"));
        words.addAll(List.of(INSIDE, command.folder().orElse("")));
        words.add(Integer.toString(command.environment().size()));
        command.environment().forEach((variable, value) -> words.add(variable + "=" + value));
        words.addAll(command.arguments());
        return words;
    }

    private ExitStatus watch(long pid, String files, Optional<Duration> limit, CommandStreams streams)
            throws IOException {
        running = pid;
        try (var output = GuestFile.open(agent, files + "/out", "r");
                var errors = GuestFile.open(agent, files + "/err", "r")) {
            var deadline = limit.map(Deadline::after);
            var pause = FIRST_PAUSE;
            while (true) {
                // Read first, so that all output exists when the command has ended.
                var status = agent.status(pid);
                var wrote = output.passOn(streams.output());
                var complained = errors.passOn(streams.errors());
                if (status.path("exited").asBoolean()) {
                    running = 0;
                    return ending(status);
                }
                if (deadline.isPresent() && deadline.get().isOver()) {
                    end(pid);
                    output.passOn(streams.output());
                    errors.passOn(streams.errors());
                    return new ExitStatus.TimedOut();
                }
                if (!PollInterval.of(pause)) {
                    throw new IOException("Interrupted while a command ran in a guest.");
                }
                pause = wrote || complained ? FIRST_PAUSE : QemuAgent.longer(pause, LONGEST_PAUSE);
            }
        } finally {
            close(pid);
        }
    }

    private static ExitStatus ending(JsonNode status) {
        return status.has("signal")
                ? new ExitStatus.Signaled(status.path("signal").asInt())
                : new ExitStatus.Exited(status.path("exitcode").asInt());
    }

    /** Terminate a command, and make sure that it ends. */
    private void end(long pid) {
        kill(pid, SIGTERM);
        var grace = Deadline.after(GRACE);
        var end = Deadline.after(LONGEST_HELPER);
        while (!agent.status(pid).path("exited").asBoolean()) {
            if (grace.isOver()) {
                kill(pid, SIGKILL);
            }
            if (!end.pause(LONGEST_PAUSE)) {
                throw GuestException.overtime();
            }
        }
        // The rest of the process group may have outlived its first process.
        kill(pid, SIGKILL);
        running = 0;
    }

    /** Whatever interrupted the monitoring, the command must not go on. */
    private void close(long pid) {
        if (running == pid) {
            running = 0;
            kill(pid, SIGKILL);
        }
    }

    private void kill(long pid, int signal) {
        helper("kill -s \"$0\" -- \"-$1\" 2>/dev/null", Integer.toString(signal), Long.toString(pid));
    }

    private JsonNode helper(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script));
        words.addAll(List.of(arguments));
        return agent.run(words, true, LONGEST_HELPER);
    }

    private String output(JsonNode ended) {
        if (ended.path("exitcode").asInt(-1) != 0) {
            throw refused(decoded(ended, "err-data").strip());
        }
        return decoded(ended, "out-data");
    }

    private static String decoded(JsonNode ended, String field) {
        return new String(Base64.getDecoder().decode(ended.path(field).asText()), StandardCharsets.UTF_8);
    }

    private GuestException told(HostException failure) {
        return switch (failure.code()) {
            case LibvirtError.AGENT_UNRESPONSIVE, LibvirtError.AGENT_UNSYNCED -> GuestChannels.silent(name);
            case LibvirtError.OPERATION_INVALID -> GuestException.gone();
            default -> refused(String.valueOf(failure.getMessage()));
        };
    }

    private GuestException refused(String why) {
        return new GuestException(Diagnostic.error(
                Code.NO_WAY_IN,
                "QEMU's agent in the guest '" + name + "' does not run the command: " + why,
                "Its configuration has to allow guest-exec and guest-file-*, and /tmp of the guest to be written."));
    }

    @Override
    public ExitStatus get(String path, Optional<String> user, Receiver receiver, OutputStream errors) {
        throw cannot("copy");
    }

    @Override
    public ExitStatus put(String path, String as, Optional<String> user, Sender sender, OutputStream errors) {
        throw cannot("copy");
    }

    @Override
    public void claim(LeaseClaim claim) {
        throw cannot("be claimed");
    }

    @Override
    public void settle(Duration timeout) {
        throw cannot("be claimed");
    }

    private static UnsupportedOperationException cannot(String what) {
        return new UnsupportedOperationException(
                "By QEMU's agent a guest cannot " + what + ". This is a bug in this tool.");
    }

    @Override
    public void ping() {
        if (!agent.answers()) {
            throw GuestChannels.silent(name);
        }
    }

    @Override
    public void signal(int number) {
        var pid = running;
        if (pid != 0) {
            kill(pid, number);
        }
    }

    @Override
    public void resize(TerminalSize size) {
        // There is no terminal.
    }

    @Override
    public void close() {
        connection.close();
    }
}
