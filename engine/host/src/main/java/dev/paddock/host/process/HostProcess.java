package dev.paddock.host.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of this machine, distinguished by its start time from later ones with the same PID.
 *
 * @param started clock ticks from the machine's start to the process's, field 22 of {@code /proc/PID/stat} (proc(5))
 */
public record HostProcess(long pid, long started) {
    private static final Path PROC = Path.of("/proc");
    private static final Duration STEP = Duration.ofMillis(5);

    /** Return the process that currently has this PID. */
    public static Optional<HostProcess> of(long pid) {
        return stat(pid).map(stat -> new HostProcess(pid, stat.started()));
    }

    /** Return all processes with this variable in their initial environment. */
    public static List<HostProcess> withVariable(String name, String value) {
        var wanted = name + "=" + value;
        return all().stream()
                .filter(process -> process.environment().contains(wanted))
                .toList();
    }

    /** Return the values of a variable in the environments of all processes, without duplicates. */
    public static List<String> valuesOf(String variable) {
        var start = variable + "=";
        return all().stream()
                .flatMap(process -> process.environment().stream())
                .filter(entry -> entry.startsWith(start))
                .map(entry -> entry.substring(start.length()))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<HostProcess> all() {
        List<HostProcess> found = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var entry : entries) {
                of(Long.parseLong(String.valueOf(entry.getFileName()))).ifPresent(found::add);
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("/proc cannot be read. This is a bug in paddock.", unreadable);
        }
        return found;
    }

    /** Return its initial environment, as {@code NAME=value}; empty for a process of another user. */
    private List<String> environment() {
        try {
            var bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException goneOrForeign) {
            return List.of();
        }
    }

    /** Return whether it still runs. A zombie does not. */
    public boolean isAlive() {
        return stat(pid)
                .filter(stat -> stat.started() == started && !stat.ended())
                .isPresent();
    }

    /** Kill it at once. No effect if it has ended. */
    public void kill() {
        if (isAlive()) {
            // The handle contains the start time as well, so it does not kill another process with the same PID.
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Wait until it has ended, and return whether it has. */
    public boolean awaitEnd(Duration limit) {
        var deadline = Deadline.after(limit);
        while (isAlive()) {
            if (!deadline.pause(STEP)) {
                return false;
            }
        }
        return true;
    }

    private record Stat(char state, long started) {
        boolean ended() {
            return state == 'Z' || state == 'X';
        }
    }

    private static Optional<Stat> stat(long pid) {
        try {
            var text = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name is in parentheses, and may itself contain blanks and parentheses.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Stat(fields[0].charAt(0), Long.parseLong(fields[19])));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
