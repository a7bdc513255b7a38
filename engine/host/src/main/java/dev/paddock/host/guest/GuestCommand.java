package dev.paddock.host.guest;

import dev.paddock.host.process.TerminalSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to run in a guest, with its arguments. No shell is involved: arguments are passed literally.
 *
 * @param environment variables in addition to those of every command of the user
 * @param folder its working directory; the user's home if empty
 * @param user its user, by name or number; the agent's user if empty
 * @param limit how long it may take before all its processes are killed
 * @param terminal the size of its terminal; pipes if empty
 */
public record GuestCommand(
        List<String> arguments,
        Map<String, String> environment,
        Optional<String> folder,
        Optional<String> user,
        Optional<Duration> limit,
        Optional<TerminalSize> terminal) {

    /** The exit code for failures outside of the command, as in env(1) and timeout(1). */
    public static final int FAILED = 125;

    public GuestCommand {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("A command has a name.");
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static GuestCommand of(String... arguments) {
        return new GuestCommand(
                List.of(arguments), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public GuestCommand withEnvironment(Map<String, String> newEnvironment) {
        return new GuestCommand(arguments, newEnvironment, folder, user, limit, terminal);
    }

    public GuestCommand in(String newFolder) {
        return new GuestCommand(arguments, environment, Optional.of(newFolder), user, limit, terminal);
    }

    public GuestCommand as(String newUser) {
        return new GuestCommand(arguments, environment, folder, Optional.of(newUser), limit, terminal);
    }

    public GuestCommand within(Duration newLimit) {
        return new GuestCommand(arguments, environment, folder, user, Optional.of(newLimit), terminal);
    }
}
