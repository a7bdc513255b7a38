package dev.paddock.cli.resource;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.cli.playbook.VaultOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The part of a plan's command line that determines the plan, in a form that can be parsed again from any folder. */
final class SavedArguments {
    private static final String EXTRA_VARS = "--extra-vars";

    /** Options that concern only how a plan is shown or saved; followed by those of all commands. */
    private static final Set<String> LEFT_OUT = Set.of(
            "--out",
            "--detailed-exitcode",
            "--diff",
            "--output",
            "--no-color",
            "--yes",
            "--lab",
            "--connect",
            "--inventory",
            PlaybookOptions.ALLOW_FILES,
            PlaybookOptions.ALLOW_PROGRAMS);

    private SavedArguments() {}

    static List<String> of(Invocation invocation, Set<String> secrets) throws CommandException {
        List<String> arguments = new ArrayList<>();
        for (var option : invocation.parsed().matchedOptions()) {
            var name = option.longestName();
            if (LEFT_OUT.contains(name) || option.versionHelp() || option.usageHelp()) {
                continue;
            }
            if (option.typeInfo().isBoolean()) {
                arguments.add(name);
                continue;
            }
            for (var value : option.stringValues()) {
                arguments.add(name + "="
                        + (name.equals(EXTRA_VARS) ? variable(value, secrets) : VaultOptions.absolute(name, value)));
            }
        }
        invocation.globals().lab().ifPresent(lab -> arguments.add("--lab=" + lab.text()));
        invocation.globals().connect().ifPresent(uri -> arguments.add("--connect=" + uri));
        for (var source : invocation.globals().inventory()) {
            arguments.add("--inventory=" + (source.contains(",") ? source : absolute(source)));
        }
        for (var playbook : invocation.parameters()) {
            arguments.add(absolute(playbook));
        }
        return arguments;
    }

    private static String variable(String text, Set<String> secrets) throws CommandException {
        if (text.startsWith("@")) {
            return "@" + absolute(text.substring(1));
        }
        if (secrets.stream().filter(secret -> !secret.isBlank()).anyMatch(text::contains)) {
            throw CommandException.usage(
                    "A value of -e is a secret, and a saved plan would hold it.",
                    "Put it in a file, and give that with -e @FILE.");
        }
        return text;
    }

    private static String absolute(String file) throws CommandException {
        return PlaybookOptions.path(file).toAbsolutePath().toString();
    }
}
