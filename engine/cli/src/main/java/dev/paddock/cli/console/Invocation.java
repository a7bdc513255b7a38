package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.host.lab.LabEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The invocation of a command.
 *
 * @param parsed the command's own part of the command line
 * @param command the words after {@code --}, for a command that {@link Subcommand#takesCommand()}
 */
public record Invocation(ParseResult parsed, List<String> command, GlobalOptions globals, Console console) {
    /** The libvirt of this machine. */
    public static final String SYSTEM = "qemu:///system";

    public Invocation {
        command = List.copyOf(command);
    }

    /** Return the invocation of the subcommand; absent if none was given. */
    public Optional<Invocation> inner() {
        return Optional.ofNullable(parsed.subcommand())
                .map(subcommand -> new Invocation(subcommand, command, globals, console));
    }

    /** Return the invocation of a command with saved arguments, with the output and the consent of this one. */
    public Invocation again(String name, Subcommand command, List<String> arguments) throws CommandException {
        var root = CommandSpec.create().name("paddock");
        GlobalOptions.addTo(root);
        root.addSubcommand(name, command.spec());
        var line = new ArrayList<String>();
        line.add(name);
        line.addAll(arguments);
        try {
            var again = new CommandLine(root).parseArgs(line.toArray(String[]::new));
            var kept = GlobalOptions.of(again);
            var merged = new GlobalOptions(
                    kept.lab(), globals.yes(), kept.connect(), kept.inventory(), globals.color(), globals.output());
            return new Invocation(again.subcommand(), List.of(), merged, console);
        } catch (ParameterException damaged) {
            throw CommandException.failure(Diagnostic.error(
                    Code.PLAN_UNREADABLE,
                    "The saved command line is not understood: " + damaged.getMessage() + ".",
                    "Plan again with paddock plan --out."));
        }
    }

    /** Return whether a flag is given. */
    public boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** Return the value of an option. */
    public Optional<String> value(String option) {
        return parsed.hasMatchedOption(option)
                ? Optional.ofNullable(parsed.matchedOption(option).getValue()).map(String::valueOf)
                : Optional.empty();
    }

    /** Return the values of a repeatable option. */
    public List<String> values(String option) {
        return parsed.hasMatchedOption(option) ? parsed.matchedOption(option).stringValues() : List.of();
    }

    /** Return the positional parameters, in order. */
    public List<String> parameters() {
        return parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.stringValues().stream())
                .toList();
    }

    /**
     * Return the libvirt URI of the command line, which replaces the hosts of the inventory. Starts a lab that does not
     * run, after installing its packages.
     */
    public Optional<String> uri() throws CommandException {
        if (globals.lab().isPresent()) {
            return Optional.of(lab().orElseThrow().uri());
        }
        return globals.connect();
    }

    /**
     * Return the libvirt URI of the one host that a command works on: that of the command line, also by its name in the
     * inventory, or the only one of the inventory; by default, that of this machine.
     */
    public String hostUri() throws CommandException {
        var name = globals.connect().filter(text -> !text.contains(":"));
        return !globals.inventory().isEmpty()
                        && globals.lab().isEmpty()
                        && (name.isPresent() || globals.connect().isEmpty())
                ? InventoryChoice.uri(globals.inventory(), name)
                : uri().orElse(SYSTEM);
    }

    /** Return the endpoint of the lab on the command line. Starts the lab if it does not run. */
    public Optional<LabEndpoint> lab() throws CommandException {
        return globals.lab().isPresent()
                ? Optional.of(LabStart.start(globals.lab().get(), globals.yes(), console))
                : Optional.empty();
    }

    /**
     * Work so that an interruption loses nothing. The first Ctrl-C or SIGTERM calls {@code drain}, which has to end the
     * work in an orderly way soon; the second ends the process at once.
     */
    public int interruptible(Runnable drain, Interrupts.Work work) throws CommandException {
        return Interrupts.draining(console, drain, work);
    }

    /** Run another program in place of this one. Ctrl-C is left to that program, as the terminal sends it to both. */
    public int givingWay(Interrupts.Work work) throws CommandException {
        console.flush();
        return Interrupts.ignoring(work);
    }

    /**
     * Work for a remote program that receives the signals of this process. The second Ctrl-C kills that program, the
     * third ends this process at once.
     */
    public int forwarding(IntConsumer program, Interrupts.Work work) throws CommandException {
        return Interrupts.forwarding(program, work);
    }

    /** Work, and call {@code change} whenever the size of the terminal changes. */
    public int resizing(Runnable change, Interrupts.Work work) throws CommandException {
        return Interrupts.resizing(change, work);
    }
}
