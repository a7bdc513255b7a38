package dev.paddock.testkit.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the commands take, as tables: the options of all, and then each command with its own. */
final class OptionTables {
    private final StringBuilder text = new StringBuilder();

    private OptionTables() {}

    static String of(CommandSpec root) {
        var tables = new OptionTables();
        tables.text.append("### Options of every command\n\nThey stand before or after the command's name.\n\n");
        tables.table(root.options(), List.of());
        var shared = names(root);
        commands(root).forEach(command -> tables.command("paddock ", command, shared));
        return tables.text.toString();
    }

    /** Return the commands below one that help shows. */
    static List<CommandSpec> commands(CommandSpec of) {
        return of.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(spec -> !spec.usageMessage().hidden())
                .toList();
    }

    private void command(String before, CommandSpec command, Set<String> shared) {
        var arguments = command.positionalParameters().stream()
                .map(parameter -> parameter.arity().min() == 0
                        ? "[" + parameter.paramLabel() + "]"
                        : parameter.paramLabel() + (parameter.arity().isVariable() ? "..." : ""))
                .map(label -> " " + label)
                .collect(Collectors.joining());
        text.append("\n### ")
                .append(before)
                .append(command.name())
                .append("\n\n`")
                .append(before)
                .append(command.name())
                .append(arguments)
                .append("`\n\n")
                .append(String.join(" ", command.usageMessage().description()))
                .append('\n');
        for (var line : command.usageMessage().footer()) {
            text.append(line).append('\n');
        }
        var own = command.options().stream()
                .filter(option -> !shared.contains(option.longestName()))
                .toList();
        if (!own.isEmpty() || !command.positionalParameters().isEmpty()) {
            text.append('\n');
            table(own, command.positionalParameters());
        }
        commands(command).forEach(inner -> command(before + command.name() + " ", inner, shared));
    }

    private void table(List<OptionSpec> options, List<? extends ArgSpec> parameters) {
        text.append("| | |\n|---|---|\n");
        for (var parameter : parameters) {
            row("`" + parameter.paramLabel() + "`", parameter);
        }
        options.stream()
                .sorted((left, right) -> left.longestName().compareTo(right.longestName()))
                .forEach(option -> row(name(option), option));
    }

    private void row(String name, ArgSpec argument) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" ", argument.description()).replace("|", "\\|"))
                .append(" |\n");
    }

    private static String name(OptionSpec option) {
        var names = new ArrayList<String>();
        for (var name : option.names()) {
            names.add("`" + name + "`");
        }
        var value = option.typeInfo().isBoolean() ? "" : " `" + option.paramLabel() + "`";
        return String.join(", ", names) + value;
    }

    private static Set<String> names(CommandSpec spec) {
        return spec.options().stream().map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new));
    }
}
