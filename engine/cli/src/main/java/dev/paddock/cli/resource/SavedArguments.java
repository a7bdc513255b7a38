package dev.paddock.cli.resource;

import dev.paddock.cli.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The part of a plan's command line that decides what is planned, in a form that can be parsed again. */
final class SavedArguments {
    /** Options that say how a plan is shown or kept, and not what it is. */
    private static final Set<String> OF_OUTPUT =
            Set.of("--out", "--detailed-exitcode", "--diff", "--output", "--no-color", "--yes");

    private SavedArguments() {}

    static List<String> of(Invocation invocation) {
        List<String> arguments = new ArrayList<>();
        for (var option : invocation.parsed().matchedOptions()) {
            var name = option.longestName();
            if (OF_OUTPUT.contains(name) || option.versionHelp() || option.usageHelp()) {
                continue;
            }
            if (option.typeInfo().isBoolean()) {
                arguments.add(name);
            } else {
                option.stringValues().forEach(value -> arguments.add(name + "=" + value));
            }
        }
        invocation.globals().lab().ifPresent(lab -> arguments.add("--lab=" + lab.text()));
        invocation.globals().connect().ifPresent(uri -> arguments.add("--connect=" + uri));
        invocation.globals().inventory().ifPresent(file -> arguments.add("--inventory=" + file));
        arguments.addAll(invocation.parameters());
        return arguments.stream().distinct().toList();
    }
}
