package dev.paddock.cli.console;

import dev.paddock.host.lab.LabException;
import dev.paddock.host.lab.LabName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The options of all commands, before and after the command's name.
 *
 * @param lab the lab to use, started if it does not run
 * @param yes whether to install missing packages without asking
 * @param connect the libvirt URI to use
 * @param inventory the files, folders and lists that name the hosts
 */
public record GlobalOptions(
        Optional<LabName> lab,
        boolean yes,
        Optional<String> connect,
        List<String> inventory,
        boolean color,
        Format output) {
    public GlobalOptions {
        inventory = List.copyOf(inventory);
    }

    private static final String LAB = "--lab";
    private static final String YES = "--yes";
    private static final String CONNECT = "--connect";
    private static final String INVENTORY = "--inventory";
    private static final String NO_COLOR = "--no-color";
    private static final String OUTPUT = "--output";

    public static void addTo(CommandSpec root) {
        root.addOption(option(LAB)
                .paramLabel("NAME")
                .type(String.class)
                .arity("1")
                .description("Use a private, throw-away libvirt, started when it is not running. "
                        + "Two names are two labs; --lab alone is \"" + LabName.DEFAULT + "\".")
                .build());
        root.addOption(flag("Install missing packages without asking.", YES).build());
        root.addOption(option("-c", CONNECT)
                .paramLabel("URI")
                .type(String.class)
                .description(
                        "The libvirt to use, for example qemu+ssh://root@box/system; by default qemu:///system. For a"
                                + " command on one host, also the name of a host of the inventory.")
                .build());
        root.addOption(option("-i", INVENTORY)
                .paramLabel("SOURCE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("What names the hosts: a file, a folder or a list like h1,h2. Can be given several times.")
                .build());
        root.addOption(flag("Print without colors. So does a NO_COLOR in the environment.", NO_COLOR)
                .build());
        root.addOption(option("-o", OUTPUT)
                .paramLabel("FORMAT")
                .type(String.class)
                .description("text, for people, or json, for programs.")
                .build());
        root.addOption(flag("Show this help.", "-h", "--help").usageHelp(true).build());
        root.addOption(
                flag("Print the version.", "-V", "--version").versionHelp(true).build());
    }

    private static OptionSpec.Builder option(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }

    private static OptionSpec.Builder flag(String description, String... names) {
        return option(names).type(boolean.class).arity("0").description(description);
    }

    /**
     * Return the arguments in the form for the parser: a bare {@code --lab} has no value, but the parser would take the
     * next argument as its value. Before the command, what follows is the name of a lab unless it is the command or an
     * option; after it, what follows is a parameter of the command.
     */
    public static List<String> normalized(List<String> arguments, Set<String> commands) {
        List<String> normal = new ArrayList<>();
        var isBefore = true;
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            isBefore = isBefore && !commands.contains(argument);
            if (!argument.equals(LAB)) {
                normal.add(argument);
                continue;
            }
            var next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            var isName = isBefore
                    && !next.startsWith("-")
                    && !commands.contains(next)
                    && arguments.subList(Math.min(i + 2, arguments.size()), arguments.size()).stream()
                            .anyMatch(commands::contains);
            if (isName) {
                normal.add(LAB + "=" + next);
                i++;
            } else {
                normal.add(LAB + "=" + LabName.DEFAULT);
            }
        }
        return normal;
    }

    /** Return the options, wherever they are on the command line. */
    public static GlobalOptions of(ParseResult root) throws CommandException {
        var lab = value(root, LAB);
        var connect = value(root, CONNECT);
        if (lab.isPresent() && connect.isPresent()) {
            throw CommandException.usage(
                    "--lab and --connect both say which libvirt to use.", "Leave out one of the two.");
        }
        return new GlobalOptions(
                lab.isPresent() ? Optional.of(labName(lab.get())) : Optional.empty(),
                has(root, YES),
                connect,
                inventory(root),
                !has(root, NO_COLOR),
                format(value(root, OUTPUT)));
    }

    private static LabName labName(String text) throws CommandException {
        try {
            return LabName.parse(text);
        } catch (LabException invalid) {
            throw new CommandException(ExitCode.USAGE, List.of(invalid.diagnostic()));
        }
    }

    private static List<String> inventory(ParseResult root) throws CommandException {
        List<String> sources = new ArrayList<>();
        for (var at = root; at != null; at = at.subcommand()) {
            if (at.hasMatchedOption(INVENTORY)) {
                sources.addAll(at.matchedOption(INVENTORY).stringValues());
            }
        }
        for (var source : sources) {
            if (source.isBlank() || source.indexOf('\0') >= 0) {
                throw CommandException.usage(
                        "\"%s\" is no path.".formatted(source), "Give the path of a file or folder.");
            }
        }
        return sources;
    }

    private static Format format(Optional<String> text) throws CommandException {
        var format = text.isEmpty() ? Optional.of(Format.TEXT) : Format.parse(text.get());
        return format.orElseThrow(() -> CommandException.usage(
                "\"%s\" is no format of output.".formatted(text.orElse("")),
                Format.suggest(text.orElse(""))
                        .map(near -> "Did you mean \"%s\"?".formatted(near))
                        .orElse("Use one of: " + String.join(", ", Format.labels()) + ".")));
    }

    /** Return the last value, as the command line of a subcommand follows that of the command. */
    private static Optional<String> value(ParseResult root, String name) {
        Optional<String> found = Optional.empty();
        for (var at = root; at != null; at = at.subcommand()) {
            if (at.hasMatchedOption(name)) {
                found = Optional.ofNullable(at.matchedOptionValue(name, (String) null));
            }
        }
        return found;
    }

    private static boolean has(ParseResult root, String name) {
        for (var at = root; at != null; at = at.subcommand()) {
            if (at.hasMatchedOption(name)) {
                return true;
            }
        }
        return false;
    }
}
