package dev.paddock.host.libvirt.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.QemuCalls;
import dev.paddock.host.process.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** QEMU's agent in a running guest. */
final class QemuAgent {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private static final JsonMapper JSON = new JsonMapper();

    private final Pointer guest;
    private final Supplier<HostException> failure;
    private final int patience;

    /**
     * @param failure returns the reason for the last, failed call of this thread
     * @param patience how many seconds libvirt waits for an answer
     */
    QemuAgent(Pointer guest, Supplier<HostException> failure, int patience) {
        this.guest = guest;
        this.failure = failure;
        this.patience = patience;
    }

    /**
     * Return the result of a command.
     *
     * @throws HostException if the agent is missing, does not answer, or refuses, with its reason
     */
    JsonNode ask(String command, Map<String, ?> arguments) {
        var question = JSON.createObjectNode().put("execute", command);
        if (!arguments.isEmpty()) {
            question.set("arguments", JSON.valueToTree(arguments));
        }
        var answer = QemuCalls.virDomainQemuAgentCommand(guest, question.toString(), patience, 0);
        if (answer == null) {
            throw failure.get();
        }
        try {
            return JSON.readTree(ClientLibrary.take(answer)).path("return");
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("libvirt hands on an answer that is no JSON.", malformed);
        }
    }

    /** Return whether the agent answers. */
    boolean answers() {
        try {
            ask("guest-ping", Map.of());
            return true;
        } catch (HostException refused) {
            if (refused.failure() == HostException.Failure.LOST) {
                throw refused;
            }
            return false;
        }
    }

    /** Start a program, and return its PID in the guest. */
    long start(List<String> command, boolean captures) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", command.getFirst());
        arguments.put("arg", command.subList(1, command.size()));
        arguments.put("capture-output", captures);
        return ask("guest-exec", arguments).path("pid").asLong();
    }

    /** Return the status of a started program; its end is reported only once. */
    JsonNode status(long pid) {
        return ask("guest-exec-status", Map.of("pid", pid));
    }

    /**
     * Run a program to its end, and return how it ended.
     *
     * @param captures whether to capture its output, which must be short
     * @throws HostException also if it exceeds the time limit
     */
    JsonNode run(List<String> command, boolean captures, Duration longest) {
        var pid = start(command, captures);
        var pause = FIRST_PAUSE;
        var deadline = Deadline.after(longest);
        while (true) {
            var status = status(pid);
            if (status.path("exited").asBoolean()) {
                return status;
            }
            if (!deadline.pause(pause)) {
                throw new HostException(
                        HostException.Failure.REFUSED, 0, 0, "The guest does not get done with " + command.getFirst());
            }
            pause = longer(pause, LONGEST_PAUSE);
        }
    }

    /** Return twice the pause, up to a maximum. */
    static Duration longer(Duration pause, Duration longest) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(longest) > 0 ? longest : twice;
    }
}
