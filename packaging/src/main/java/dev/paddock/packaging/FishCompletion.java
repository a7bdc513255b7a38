package dev.paddock.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion of a command for the shell fish, which picocli does not write. */
final class FishCompletion {
    private FishCompletion() {}

    /** Return a script that completes the commands, their options and the values that options accept. */
    static String of(CommandSpec command) {
        var lines = new ArrayList<String>();
        add(command, List.of(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void add(CommandSpec command, List<String> path, List<String> lines) {
        var root = command.root().name();
        for (var inner : command.subcommands().entrySet()) {
            var spec = inner.getValue().getCommandSpec();
            lines.add("complete -c %s -f -n %s -a %s -d %s"
                    .formatted(root, quote(isAt(path, command)), inner.getKey(), quote(summary(spec))));
            var below = new ArrayList<>(path);
            below.add(inner.getKey());
            add(spec, below, lines);
        }
        for (var option : command.options()) {
            if (!option.hidden()) {
                lines.add("complete -c %s%s%s"
                        .formatted(root, path.isEmpty() ? "" : " -n " + quote(seen(path)), words(option)));
            }
        }
    }

    private static String words(OptionSpec option) {
        var words = new StringBuilder();
        for (var name : option.names()) {
            words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0 && option.completionCandidates() != null) {
            words.append(" -x -a ").append(quote(String.join(" ", option.completionCandidates())));
        } else if (option.arity().min() > 0) {
            words.append(" -r");
        }
        return words.append(" -d ").append(quote(first(option.description()))).toString();
    }

    /** The condition that the command line has all commands of the path, and none below. */
    private static String isAt(List<String> path, CommandSpec command) {
        var none = "not __fish_seen_subcommand_from "
                + String.join(" ", command.subcommands().keySet());
        return path.isEmpty() ? none : seen(path) + "; and " + none;
    }

    private static String seen(List<String> path) {
        return String.join(
                "; and ",
                path.stream().map(word -> "__fish_seen_subcommand_from " + word).toList());
    }

    private static String summary(CommandSpec command) {
        return first(command.usageMessage().description());
    }

    private static String first(String[] lines) {
        return Arrays.stream(lines).findFirst().orElse("");
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("%%", "%") + "'";
    }
}
