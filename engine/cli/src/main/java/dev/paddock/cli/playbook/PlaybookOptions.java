package dev.paddock.cli.playbook;

import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.core.bind.BindRequest;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.session.HostThreads;
import dev.paddock.session.Kinds;
import dev.paddock.session.PlanSession;
import dev.paddock.session.PlaybookException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** The common parts of commands on playbooks: files, variables, and the selection of resources. */
public final class PlaybookOptions {
    private static final String EXTRA_VARS = "--extra-vars";
    private static final String TAGS = "--tags";
    private static final String SKIP_TAGS = "--skip-tags";
    private static final String LIMIT = "--limit";
    private static final String TARGET = "--target";
    private static final String ADOPT = "--adopt";
    private static final String PRUNE = "--prune";
    private static final String FORKS = "--forks";
    private static final String ALLOW_DATA_LOSS = "--allow-data-loss";
    /** Consents to what files of others may do. A saved plan of somebody else cannot give them. */
    public static final String ALLOW_FILES = "--allow-files";

    public static final String ALLOW_PROGRAMS = "--allow-programs";
    private static final String HOME = System.getProperty("paddock.home", "");

    private PlaybookOptions() {}

    /** Add the parameters of all commands on playbooks. */
    public static void addPlaybooks(CommandSpec spec, String parameter, String description) {
        spec.addPositional(OptionSpecs.parameters(parameter, "1..*", description));
        addVariables(spec);
    }

    /** Add the options for variables, and for the selection of declared resources. */
    public static void addVariables(CommandSpec spec) {
        spec.addOption(OptionSpecs.values(
                "VARS",
                "A variable, as key=value, or @FILE for a file of them. Wins over all others.",
                "-e",
                EXTRA_VARS));
        spec.addOption(OptionSpecs.values("TAGS", "Only what has one of these tags, separated by commas.", "-t", TAGS));
        spec.addOption(OptionSpecs.values("TAGS", "Not what has one of these tags.", SKIP_TAGS));
        spec.addOption(OptionSpecs.value(
                "HOSTS", "Only these hosts and groups, separated by commas; ! excludes.", "-l", LIMIT));
        VaultOptions.addTo(spec);
        addConsents(spec);
    }

    /** Add the options for what playbooks and inventories of others may not do without. */
    public static void addConsents(CommandSpec spec) {
        spec.addOption(OptionSpecs.values(
                "FOLDER", "Let playbooks name files in this folder too, not only in their own.", ALLOW_FILES));
        spec.addOption(OptionSpecs.flag(
                "Let the URIs of an inventory start local programs, as ext and command= do.", ALLOW_PROGRAMS));
    }

    /** Add the options of all commands on playbooks that read a host. */
    public static void addChoices(CommandSpec spec) {
        spec.addOption(OptionSpecs.values(
                "ADDRESS", "Only this resource and what it needs, for example network/agents.", TARGET));
        spec.addOption(
                OptionSpecs.flag("Take over objects of the declared names that this project did not make.", ADOPT));
        spec.addOption(OptionSpecs.flag("Remove also what this project made and declares no more.", PRUNE));
        spec.addOption(OptionSpecs.value(
                "NUMBER",
                "Work on that many hosts at a time; by default on " + HostThreads.STANDARD.most() + ".",
                FORKS));
        spec.addOption(OptionSpecs.flag(
                "Plan also what destroys data: volumes that are deleted, shrunk or recreated.", ALLOW_DATA_LOSS));
    }

    public static BindRequest request(Invocation invocation) throws CommandException {
        return request(invocation, invocation.parameters());
    }

    /** Return the request for these playbooks, for a command with other parameters as well. */
    public static BindRequest request(Invocation invocation, List<String> files) throws CommandException {
        List<Path> playbooks = new ArrayList<>();
        for (var parameter : files) {
            playbooks.add(path(parameter));
        }
        Map<String, String> vars = new LinkedHashMap<>();
        List<Path> varsFiles = new ArrayList<>();
        for (var text : invocation.values(EXTRA_VARS)) {
            if (text.startsWith("@")) {
                varsFiles.add(path(text.substring(1)));
                continue;
            }
            var equals = text.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage(
                        "-e takes key=value or @FILE.", "Write for example -e subnet=192.168.101, or -e @vars.yaml.");
            }
            vars.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return new BindRequest(
                playbooks,
                invocation.globals().inventory(),
                VaultOptions.passwords(invocation),
                vars,
                varsFiles,
                invocation.value(LIMIT),
                words(invocation, TAGS),
                words(invocation, SKIP_TAGS),
                invocation.uri(),
                consent(invocation));
    }

    private static BindRequest.Consent consent(Invocation invocation) throws CommandException {
        List<Path> folders = new ArrayList<>();
        for (var folder : invocation.values(ALLOW_FILES)) {
            folders.add(path(folder));
        }
        if (!HOME.isEmpty()) {
            folders.add(Path.of(HOME, "networks"));
        }
        return new BindRequest.Consent(folders, invocation.has(ALLOW_PROGRAMS));
    }

    /** Read and bind the playbooks of a command. If they contain errors, all of them end the command. */
    public static PlanSession open(Invocation invocation, HostConnector hosts, PlanOptions options)
            throws CommandException {
        try {
            return PlanSession.open(Kinds.all(), hosts, request(invocation), options, threads(invocation));
        } catch (PlaybookException errors) {
            throw CommandException.of(errors);
        }
    }

    public static PlanOptions options(Invocation invocation, boolean destroy) throws CommandException {
        var prune = invocation.has(PRUNE);
        var limited = invocation.values(TARGET).size()
                        + words(invocation, TAGS).size()
                        + words(invocation, SKIP_TAGS).size()
                > 0;
        if (prune && (limited || invocation.value(LIMIT).isPresent())) {
            throw CommandException.usage(
                    "--prune together with --target, --tags, --skip-tags or --limit would remove what was only left"
                            + " out.",
                    "Prune with the whole of your playbooks.");
        }
        return new PlanOptions(
                invocation.has(ADOPT),
                prune,
                destroy,
                new LinkedHashSet<>(invocation.values(TARGET)),
                invocation.has(ALLOW_DATA_LOSS));
    }

    /** Return how many hosts to work on at a time. */
    private static HostThreads threads(Invocation invocation) throws CommandException {
        var text = invocation.value(FORKS).orElse(String.valueOf(HostThreads.STANDARD.most()));
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw CommandException.usage(
                    FORKS + " takes a number of hosts, from 1 to 999.", "Write for example " + FORKS + " 10.");
        }
        return new HostThreads(Integer.parseInt(text));
    }

    public static Path path(String text) throws CommandException {
        if (text.isBlank() || text.equals("-")) {
            throw CommandException.usage(
                    text.equals("-")
                            ? "Playbooks are not read from the standard input."
                            : "\"" + text + "\" is no path.",
                    "Give the path of a file.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw CommandException.usage("\"%s\" is no path.".formatted(text), "Give the path of a file.");
        }
    }

    private static Set<String> words(Invocation invocation, String option) {
        var words = new LinkedHashSet<String>();
        for (var value : invocation.values(option)) {
            for (var word : value.split(",", -1)) {
                if (!word.isBlank()) {
                    words.add(word.strip());
                }
            }
        }
        return words;
    }

    public static Optional<String> only(List<String> values) {
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
