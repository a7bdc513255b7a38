package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.process.TerminalSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options for commands in guests. */
public final class CommandOptions {
    static final String INTERACTIVE = "--interactive";
    static final String TTY = "--tty";

    /** The short options with another meaning than in all other commands. */
    public static final Map<String, List<String>> SHORTHANDS = Map.of(
            "-i", List.of(INTERACTIVE),
            "-t", List.of(TTY),
            "-it", List.of(INTERACTIVE, TTY),
            "-ti", List.of(INTERACTIVE, TTY));

    private static final String ENV = "--env";
    private static final String CWD = "--cwd";
    private static final String USER = "--user";
    private static final String TIMEOUT = "--timeout";

    /** The size that programs assume without a terminal. */
    private static final TerminalSize USUAL = new TerminalSize(24, 80);

    private CommandOptions() {}

    public static void addTo(CommandSpec spec) {
        spec.addOption(
                OptionSpecs.values("NAME=VALUE", "Set a variable. NAME alone passes on the one of here.", "-e", ENV));
        spec.addOption(OptionSpecs.value("FOLDER", "Run it in this folder, instead of the user's home.", "-w", CWD));
        spec.addOption(
                OptionSpecs.value("USER", "Run it as this user, by name or number, instead of root.", "-u", USER));
        spec.addOption(OptionSpecs.value(
                "DURATION",
                "Kill it, and all that it started, after so long: 90, 90s, 15m, 2h. It is asked to end first.",
                TIMEOUT));
        spec.addOption(OptionSpecs.flag(
                "Hand on the standard input; here also -i. Without, the command finds nothing to read.", INTERACTIVE));
        spec.addOption(OptionSpecs.flag("Give the command a terminal; here also -t, and -it for both.", TTY));
    }

    /** Return the command after {@code --}, with its options. */
    public static GuestCommand command(Invocation invocation) throws CommandException {
        return new GuestCommand(
                invocation.command(),
                environment(invocation.values(ENV)),
                invocation.value(CWD),
                invocation.value(USER),
                limit(invocation.value(TIMEOUT)),
                invocation.has(TTY) ? TerminalSize.read().or(() -> Optional.of(USUAL)) : Optional.empty());
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
        return Optional.of(DurationOption.required(text.get()));
    }
}
