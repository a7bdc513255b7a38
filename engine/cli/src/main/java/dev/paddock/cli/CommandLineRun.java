package dev.paddock.cli;

import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.AnsiStyle;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.GlobalOptions;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.console.Version;
import dev.paddock.core.report.PlanReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line, from its arguments to its exit code. Reports all failures, and never as a stack trace. */
public final class CommandLineRun {
    private static final String SEPARATOR = "--";

    private final Console console;
    private final List<Commands.Entry> entries;
    private final Path bugs;

    /**
     * Create a run.
     *
     * @param bugs the folder for bug reports
     */
    CommandLineRun(Console console, List<Commands.Entry> entries, Path bugs) {
        this.console = console;
        this.entries = List.copyOf(entries);
        this.bugs = bugs;
    }

    /**
     * Return a run of the packaged commands.
     *
     * @param hosts opens connections; called only by commands that need one
     * @param bugs the folder for bug reports
     */
    public static CommandLineRun of(Console console, Supplier<HostConnector> hosts, Path bugs) {
        return new CommandLineRun(console, Commands.all(hosts), bugs);
    }

    /** Run, and return the exit code, one of {@link ExitCode}. */
    public int run(List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (CommandException end) {
            console.tell(end.diagnostics());
            return end.exitCode();
        } catch (HostException failure) {
            var end = CommandException.of(failure);
            console.tell(end.diagnostics());
            return end.exitCode();
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError bug) {
            var file = BugReport.write(bug, bugs);
            console.tell("This is a bug in paddock: " + bug.getClass().getSimpleName()
                    + file.map(path -> ". What is needed to fix it is in " + path)
                            .orElse(""));
            return ExitCode.BUG;
        }
    }

    private int dispatch(List<String> arguments) throws CommandException {
        // Creating the specification of a command takes time, so this creates only those that the arguments may mean.
        var mentioned = entries.stream()
                .filter(entry -> arguments.contains(entry.name()))
                .toList();
        var tree = new Tree(mentioned.isEmpty() ? entries : mentioned);
        var split = tree.takesCommand() ? arguments.indexOf(SEPARATOR) : -1;
        var names = entries.stream().map(Commands.Entry::name).collect(Collectors.toSet());
        var own = tree.written(GlobalOptions.normalized(split < 0 ? arguments : arguments.subList(0, split), names));
        var command = split < 0 ? List.<String>of() : arguments.subList(split + 1, arguments.size());
        try {
            var parsed = tree.line.parseArgs(own.toArray(String[]::new));
            return act(parsed, tree, command);
        } catch (ParameterException mistake) {
            throw usage(own);
        }
    }

    private int act(ParseResult parsed, Tree tree, List<String> command) throws CommandException {
        if (isRequested(parsed, ParseResult::isVersionHelpRequested)) {
            console.print(Version.LINE);
            return ExitCode.OK;
        }
        if (isRequested(parsed, ParseResult::isUsageHelpRequested)) {
            console.write(help(innermost(parsed)));
            return ExitCode.OK;
        }
        if (!parsed.hasSubcommand()) {
            console.tellPart(help(parsed));
            return ExitCode.USAGE;
        }
        var globals = GlobalOptions.of(parsed);
        var shown = globals.color() ? console : console.withoutColor();
        var called = parsed.subcommand();
        var invocation = new Invocation(called, command, globals, shown);
        var subcommand = tree.command(called.commandSpec().name());
        return globals.output() == Format.JSON ? runForPrograms(subcommand, invocation) : subcommand.run(invocation);
    }

    /**
     * Runs a command with JSON output. A command that ends early has printed nothing yet, so its diagnostics are
     * printed as JSON.
     */
    private static int runForPrograms(Subcommand subcommand, Invocation invocation) {
        CommandException end;
        try {
            return subcommand.run(invocation);
        } catch (CommandException early) {
            end = early;
        } catch (HostException failure) {
            end = CommandException.of(failure);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format_version", PlanReport.FORMAT);
        report.put("errored", true);
        report.put(
                "diagnostics",
                end.diagnostics().stream().map(PlanReport::diagnostic).toList());
        invocation.console().printJson(report);
        return end.exitCode();
    }

    private String help(ParseResult of) {
        var ansi = console.outputPaint() == AnsiStyle.ANSI ? Ansi.ON : Ansi.OFF;
        var isRoot = of.commandSpec().parent() == null;
        var complete = isRoot ? new Tree(entries).line : of.commandSpec().commandLine();
        return complete.getUsageMessage(ansi);
    }

    /** Return what is wrong with the arguments, considering all commands. */
    private CommandException usage(List<String> own) {
        var tree = new Tree(entries);
        try {
            tree.line.parseArgs(own.toArray(String[]::new));
            throw new IllegalStateException("The command line has two meanings. This is a bug in paddock.");
        } catch (UnmatchedArgumentException unknown) {
            return unknown(unknown);
        } catch (ParameterException mistake) {
            return CommandException.usage(String.valueOf(mistake.getMessage()), helpHint(mistake.getCommandLine()));
        }
    }

    private static CommandException unknown(UnmatchedArgumentException mistake) {
        var line = mistake.getCommandLine();
        var word = mistake.getUnmatched().getFirst();
        var isOption = word.startsWith("-") && word.length() > 1;
        var name = isOption && word.indexOf('=') > 0 ? word.substring(0, word.indexOf('=')) : word;
        var known = new ArrayList<String>();
        if (isOption) {
            line.getCommandSpec().optionsMap().keySet().forEach(known::add);
        } else {
            line.getSubcommands().forEach((subcommand, inner) -> {
                if (!inner.getCommandSpec().usageMessage().hidden()) {
                    known.add(subcommand);
                }
            });
        }
        var what = isOption ? "option" : known.isEmpty() ? "parameter" : "command";
        var detail = "\"%s\" has no %s \"%s\".".formatted(line.getCommandSpec().qualifiedName(), what, name);
        var fix = Suggestion.nearest(name, known)
                .map(near -> "Did you mean \"%s\"? %s".formatted(near, helpHint(line)))
                .orElse(helpHint(line));
        return CommandException.usage(detail, fix);
    }

    private static String helpHint(CommandLine line) {
        return "`%s --help` lists what there is."
                .formatted(line.getCommandSpec().qualifiedName());
    }

    private static ParseResult innermost(ParseResult parsed) {
        var at = parsed;
        while (at.subcommand() != null) {
            at = at.subcommand();
        }
        return at;
    }

    private static boolean isRequested(ParseResult parsed, Predicate<ParseResult> what) {
        for (var at = parsed; at != null; at = at.subcommand()) {
            if (what.test(at)) {
                return true;
            }
        }
        return false;
    }

    /** The parsers of the commands. */
    static final class Tree {
        private final CommandLine line;
        private final Map<String, Subcommand> commands = new LinkedHashMap<>();

        Tree(List<Commands.Entry> entries) {
            var root = CommandSpec.create().name("paddock");
            root.usageMessage()
                    .description(
                            "Declare libvirt's networks, filters, storage, VMs and VM pools in YAML; see what would change; apply it.")
                    .footer(
                            "",
                            "Exit codes: 0 done, 1 failed, 2 changes (with --detailed-exitcode),",
                            "3 host not reachable, 64 command line not understood, 70 bug, 130 interrupted.");
            GlobalOptions.addTo(root);
            line = new CommandLine(root);
            line.setExpandAtFiles(false);
            for (var entry : entries) {
                var command = entry.make().get();
                var spec = command.spec().name(entry.name());
                spec.usageMessage().hidden(entry.hidden());
                commands.put(entry.name(), command);
                line.addSubcommand(entry.name(), spec);
            }
            line.setPosixClusteredShortOptionsAllowed(false);
            line.setAllowSubcommandsAsOptionParameters(true);
        }

        CommandSpec spec() {
            return line.getCommandSpec();
        }

        Subcommand command(String name) {
            var command = commands.get(name);
            if (command == null) {
                throw new IllegalStateException("[%s] was parsed and is no command. This is a bug.".formatted(name));
            }
            return command;
        }

        /** Return the arguments, with the command's own shorthands written in full. */
        List<String> written(List<String> arguments) {
            List<String> written = new ArrayList<>();
            Map<String, List<String>> shorthands = Map.of();
            for (var argument : arguments) {
                written.addAll(shorthands.getOrDefault(argument, List.of(argument)));
                if (shorthands.isEmpty() && commands.containsKey(argument)) {
                    shorthands = command(argument).ownShorthands();
                }
            }
            return written;
        }

        boolean takesCommand() {
            return commands.values().stream().anyMatch(Subcommand::takesCommand);
        }
    }
}
