package dev.paddock.host.libvirt;

import dev.paddock.api.host.HostException;
import dev.paddock.host.process.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** QEMU's agent in a guest, as far as waiting for a guest needs it. */
final class QemuAgent {
    /** How many seconds libvirt waits for an answer. */
    private static final int PATIENCE = 5;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A command that takes longer is looked at as not done yet, and begun anew. */
    private static final int LOOKS = 300;

    private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");
    private static final Pattern EXITED = Pattern.compile("\"exited\"\\s*:\\s*true");
    private static final Pattern EXIT_CODE = Pattern.compile("\"exitcode\"\\s*:\\s*0\\b");

    private final WriteConnection connection;
    private final String guest;

    QemuAgent(WriteConnection connection, String guest) {
        this.connection = connection;
        this.guest = guest;
    }

    boolean answers() {
        return ask("{\"execute\": \"guest-ping\"}").isPresent();
    }

    /** Run a program in the guest, and return whether it succeeded. */
    boolean succeeds(List<String> command) {
        var arguments = command.stream().skip(1).map(QemuAgent::quoted).collect(Collectors.joining(", "));
        var started = ask("{\"execute\": \"guest-exec\", \"arguments\": {\"path\": " + quoted(command.getFirst())
                + ", \"arg\": [" + arguments + "]}}");
        var pid = started.flatMap(answer -> first(PID, answer));
        for (var look = 0; pid.isPresent() && look < LOOKS; look++) {
            var status = ask("{\"execute\": \"guest-exec-status\", \"arguments\": {\"pid\": " + pid.get() + "}}");
            if (status.isEmpty() || EXITED.matcher(status.get()).find()) {
                return status.filter(answer -> EXIT_CODE.matcher(answer).find()).isPresent();
            }
            if (!Pause.of(PAUSE)) {
                return false;
            }
        }
        return false;
    }

    private static Optional<String> first(Pattern pattern, String answer) {
        var found = pattern.matcher(answer);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Return the answer; none of an agent that is not there, or refuses. */
    private Optional<String> ask(String question) {
        try {
            return connection.find(() -> connection.domainLookupByName(guest)).flatMap(domain -> {
                try {
                    return Optional.ofNullable(connection.call(() -> domain.qemuAgentCommand(question, PATIENCE, 0)));
                } finally {
                    connection.call(domain::free);
                }
            });
        } catch (HostException refused) {
            if (refused.failure() == HostException.Failure.LOST) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    /** Return a text as JSON has it. */
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                out.append('\\').append((char) letter);
            } else if (letter < ' ') {
                out.append("\\u%04x".formatted(letter));
            } else {
                out.append((char) letter);
            }
        });
        return out.append('"').toString();
    }
}
